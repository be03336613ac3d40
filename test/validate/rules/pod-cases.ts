import { at, type Loose } from '../healthy-app.ts';
import type { RuleCase } from './case.ts';

const pod = (app: Record<string, Loose>): Loose => at(app['deployment'], 'spec', 'template', 'spec');
const container = (app: Record<string, Loose>): Loose => at(pod(app), 'containers', 0);
const inPod = 'Deployment spec.template.spec';
const inContainer = `${inPod}.containers[0]`;
const image = 'registry.example.com/c:1.0.0';
const mount = (mode: string): Loose[] => [{ name: 'tmp', mountPath: '/tmp', mountPropagation: mode }];

function finds(name: string, field: string, change: (app: Record<string, Loose>) => void): RuleCase {
  return { rule: 'pod-containers', name, finds: [field], change };
}

function passes(name: string, change: (app: Record<string, Loose>) => void): RuleCase {
  return { rule: 'pod-containers', name, finds: [], change };
}

/** What the API server demands of pods and containers beyond their fields; each was refused by a real one. */
export const podCases: readonly RuleCase[] = [
  finds('a deadline in a Deployment', `${inPod}.activeDeadlineSeconds`, (app) => void (pod(app)['activeDeadlineSeconds'] = 60)),
  finds('an ephemeral container in a template', `${inPod}.ephemeralContainers`, (app) => void (pod(app)['ephemeralContainers'] = [{ name: 'debug', image }])),
  finds('another host port in the host\'s network', `${inContainer}.ports[0].hostPort`, (app) => { pod(app)['hostNetwork'] = true; at(container(app), 'ports', 0)['hostPort'] = 80; }),
  finds('a user namespace in the host\'s network', `${inPod}.hostUsers`, (app) => Object.assign(pod(app), { hostNetwork: true, hostUsers: false })),
  finds('another host name in the host\'s network', `${inPod}.hostnameOverride`, (app) => Object.assign(pod(app), { hostNetwork: true, hostnameOverride: 'web' })),
  finds('a host process outside the host\'s network', `${inPod}.hostNetwork`, (app) => void (pod(app)['securityContext'] = { windowsOptions: { hostProcess: true } })),
  finds('claims on the pod', `${inPod}.resources.claims`, (app) => void (pod(app)['resources'] = { claims: [] })),
  finds('a claim that the pod does not have', `${inContainer}.resources.claims[0].name`, (app) => void (at(container(app), 'resources')['claims'] = [{ name: 'gpu' }])),
  finds('a liveness probe that must succeed twice', `${inContainer}.livenessProbe.successThreshold`, (app) => void (container(app)['livenessProbe'] = { tcpSocket: { port: 8000 }, successThreshold: 2 })),
  finds('a readiness probe that ends the pod', `${inContainer}.readinessProbe.terminationGracePeriodSeconds`, (app) => void (at(container(app), 'readinessProbe')['terminationGracePeriodSeconds'] = 5)),
  finds('rules of restart without a policy', `${inContainer}.restartPolicyRules`, (app) => void (container(app)['restartPolicyRules'] = [{ action: 'Restart', exitCodes: { operator: 'In', values: [42] } }])),
  finds('an administrator that may not escalate', `${inContainer}.securityContext.allowPrivilegeEscalation`, (app) => void (container(app)['securityContext'] = { allowPrivilegeEscalation: false, capabilities: { add: ['SYS_ADMIN'] } })),
  finds('mounts that reach the node from a container without privileges', `${inContainer}.volumeMounts[0].mountPropagation`, (app) => void (container(app)['volumeMounts'] = mount('Bidirectional'))),
  finds('an unmasked /proc with the host\'s users', `${inContainer}.securityContext.procMount`, (app) => void (container(app)['securityContext'] = { procMount: 'Unmasked' })),
  passes('the same host port in the host\'s network', (app) => { pod(app)['hostNetwork'] = true; at(container(app), 'ports', 0)['hostPort'] = 8000; }),
  passes('mounts that reach the node from a privileged container', (app) => Object.assign(container(app), { securityContext: { privileged: true }, volumeMounts: mount('Bidirectional') })),
  passes('a liveness probe that must succeed once', (app) => void (container(app)['livenessProbe'] = { tcpSocket: { port: 8000 }, successThreshold: 1 })),
  passes('mounts that reach the container', (app) => void (container(app)['volumeMounts'] = mount('HostToContainer'))),
  passes('an unmasked /proc with users of its own', (app) => { pod(app)['hostUsers'] = false; container(app)['securityContext'] = { procMount: 'Unmasked' }; }),
  passes('a claim that the pod has', (app) => { pod(app)['resourceClaims'] = [{ name: 'gpu', resourceClaimName: 'shared' }]; at(container(app), 'resources')['claims'] = [{ name: 'gpu' }]; }),
  passes('the same name for ports of two containers', (app) => void (pod(app)['containers'] = [container(app), { name: 'other', image, ports: [{ name: 'http', containerPort: 8001 }], resources: { requests: { cpu: '1m' } } }])),
];
