import type { Plane } from '../plane.ts';
import { installCrds } from '../crds.ts';
import { startPatientLoop } from './patient-loop.ts';

/** Plays the operators that the sample apps need beside their GitOps controller. */
export interface OperatorsStandIn {
  stop(): Promise<void>;
}

/** An object that an operator answers for. */
interface Served {
  readonly metadata: { readonly name: string; readonly namespace: string; readonly generation: number; readonly resourceVersion: string };
  readonly spec: { readonly parentRefs?: readonly unknown[]; readonly type?: string };
  readonly status?: { readonly observedGeneration?: number };
}

const now = (): string => new Date().toISOString();
const condition = (type: string, reason: string, generation: number): object => ({ type, status: 'True', reason, message: 'played by a stand-in', lastTransitionTime: now(), observedGeneration: generation });

/** What each operator writes into the status of its objects; undefined where there is nothing to say. */
const operators: Readonly<Record<string, (object: Served) => object | undefined>> = {
  // external-secrets
  'apis/external-secrets.io/v1/externalsecrets': () => ({ conditions: [{ type: 'Ready', status: 'True', reason: 'SecretSynced', lastTransitionTime: now() }] }),
  // a Gateway controller
  'apis/gateway.networking.k8s.io/v1/httproutes': ({ metadata, spec }) => ({
    parents: (spec.parentRefs ?? []).map((parentRef) => ({
      parentRef,
      controllerName: 'slipway.test/gateway',
      conditions: [condition('Accepted', 'Accepted', metadata.generation), condition('ResolvedRefs', 'ResolvedRefs', metadata.generation)],
    })),
  }),
  // a cloud's load balancers
  'api/v1/services': ({ spec }) => (spec.type === 'LoadBalancer' ? { loadBalancer: { ingress: [{ ip: '192.0.2.10' }] } } : undefined),
  // an Ingress controller
  'apis/networking.k8s.io/v1/ingresses': () => ({ loadBalancer: { ingress: [{ ip: '192.0.2.10' }] } }),
  // the autoscaler, of which the plane runs none, as there are no metrics
  'apis/autoscaling/v2/horizontalpodautoscalers': () => ({
    currentReplicas: 1,
    desiredReplicas: 1,
    conditions: ['AbleToScale', 'ScalingActive'].map((type) => ({ type, status: 'True', reason: 'PlayedByStandIn', lastTransitionTime: now() })),
  }),
};

/** The kinds of the sample apps whose definitions an add-on would bring. */
const customKinds = [
  ['external-secrets.io/v1', 'ExternalSecret'],
  ['gateway.networking.k8s.io/v1', 'HTTPRoute'],
  ['monitoring.coreos.com/v1', 'PrometheusRule'],
  ['monitoring.coreos.com/v1', 'ServiceMonitor'],
] as const;

/**
 * Installs the custom resources that the sample apps use and says of each object that it is well: an ExternalSecret is Ready, a
 * route Accepted, a load balancer and an Ingress have an address, an autoscaler is active. Nothing else of those operators is played.
 */
export async function startOperatorsStandIn(plane: Plane): Promise<OperatorsStandIn> {
  await installCrds(plane, customKinds.map(([apiVersion, kind]) => ({ apiVersion, kind })));
  const seen = new Set<string>();
  const look = async (): Promise<void> => {
    for (const [path, statusOf] of Object.entries(operators)) {
      const { items = [] } = JSON.parse((await plane.api.send('GET', `/${path}`)).body) as { readonly items?: readonly Served[] };
      for (const object of items) await answer(path, object, statusOf(object));
    }
  };
  const answer = async (path: string, object: Served, status: object | undefined): Promise<void> => {
    const { namespace, name, generation } = object.metadata;
    const key = `${path} ${namespace}/${name} ${generation} ${(object.metadata as { readonly uid?: string }).uid ?? ''}`;
    if (status === undefined || seen.has(key)) return;
    const split = path.lastIndexOf('/');
    const at = `/${path.slice(0, split)}/namespaces/${namespace}/${path.slice(split + 1)}/${name}/status`;
    const { status: code, body } = await plane.api.send('PATCH', at, { status }, 'application/merge-patch+json');
    if (code === 200) seen.add(key);
    else if (code !== 404 && code !== 409) throw new Error(`PATCH ${at}: status ${code}: ${body}`);
  };
  return startPatientLoop(look, 250);
}
