import { readFileSync } from 'node:fs';
import { parseAllDocuments } from 'yaml';
import type { KubeObject, RenderedUnit, Waiver } from '../../lib/manifests/rendered.ts';
import type { Finding } from '../../lib/validate/finding.ts';
import { validateUnit } from '../../lib/validate/fleet-validator.ts';
import type { ValidationTarget } from '../../lib/validate/target.ts';

/** Any value that a test may change anywhere. */
export type Loose = { [field: string]: LooseValue };
export type LooseValue = string | number | boolean | null | undefined | LooseValue[] | Loose;

/** A whole healthy app; every finding in a test comes from what the test changes. */
export function healthyApp(): Record<string, Loose> {
  const labels = { app: 'web' };
  return {
    deployment: {
      apiVersion: 'apps/v1',
      kind: 'Deployment',
      metadata: { name: 'web', namespace: 'shop', labels },
      spec: {
        replicas: 3,
        selector: { matchLabels: { app: 'web' } },
        template: {
          metadata: { labels: { app: 'web' } },
          spec: {
            serviceAccountName: 'web',
            terminationGracePeriodSeconds: 30,
            containers: [
              {
                name: 'web',
                image: 'registry.example.com/web:1.0.0',
                ports: [{ name: 'http', containerPort: 8000 }],
                envFrom: [{ configMapRef: { name: 'settings' } }],
                resources: { requests: { cpu: '100m', memory: '128Mi' }, limits: { memory: '256Mi' } },
                readinessProbe: { httpGet: { path: '/ready', port: 'http' } },
                lifecycle: { preStop: { sleep: { seconds: 5 } } },
                volumeMounts: [{ name: 'tmp', mountPath: '/tmp' }],
              },
            ],
            volumes: [{ name: 'tmp', emptyDir: {} }],
          },
        },
      },
    },
    service: {
      apiVersion: 'v1',
      kind: 'Service',
      metadata: { name: 'web', namespace: 'shop', labels: { app: 'web' } },
      spec: { selector: { app: 'web' }, ports: [{ name: 'http', port: 80, targetPort: 'http' }] },
    },
    account: { apiVersion: 'v1', kind: 'ServiceAccount', metadata: { name: 'web', namespace: 'shop' } },
    settings: { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'settings', namespace: 'shop' }, data: { MODE: 'fast' } },
    scaler: {
      apiVersion: 'autoscaling/v2',
      kind: 'HorizontalPodAutoscaler',
      metadata: { name: 'web', namespace: 'shop' },
      spec: {
        scaleTargetRef: { apiVersion: 'apps/v1', kind: 'Deployment', name: 'web' },
        minReplicas: 3,
        maxReplicas: 9,
        metrics: [{ type: 'Resource', resource: { name: 'cpu', target: { type: 'Utilization', averageUtilization: 70 } } }],
      },
    },
    budget: { apiVersion: 'policy/v1', kind: 'PodDisruptionBudget', metadata: { name: 'web', namespace: 'shop' }, spec: { maxUnavailable: 1, selector: { matchLabels: { app: 'web' } } } },
    route: {
      apiVersion: 'gateway.networking.k8s.io/v1',
      kind: 'HTTPRoute',
      metadata: { name: 'web', namespace: 'shop' },
      spec: { parentRefs: [{ name: 'public', namespace: 'gateway' }], rules: [{ backendRefs: [{ name: 'web', port: 80 }] }] },
    },
    ingress: {
      apiVersion: 'networking.k8s.io/v1',
      kind: 'Ingress',
      metadata: { name: 'web', namespace: 'shop' },
      spec: { rules: [{ host: 'shop.example.com', http: { paths: [{ path: '/', pathType: 'Prefix', backend: { service: { name: 'web', port: { name: 'http' } } } }] } }] },
    },
    monitor: {
      apiVersion: 'monitoring.coreos.com/v1',
      kind: 'ServiceMonitor',
      metadata: { name: 'web', namespace: 'shop' },
      spec: { selector: { matchLabels: { app: 'web' } }, endpoints: [{ port: 'http' }] },
    },
    policy: {
      apiVersion: 'networking.k8s.io/v1',
      kind: 'NetworkPolicy',
      metadata: { name: 'web', namespace: 'shop' },
      spec: { podSelector: { matchLabels: { app: 'web' } }, policyTypes: ['Ingress'], ingress: [{ from: [{ ipBlock: { cidr: '10.0.0.0/8', except: ['10.1.0.0/16'] } }], ports: [{ port: 'http' }] }] },
    },
  };
}

/** Objects as a unit: one file each, in the folder of an app, with a kustomization that lists them. */
export function unitOf(objects: readonly Loose[], options: UnitOptions = {}): RenderedUnit {
  const { id = 'apps/prod/shop', clusters = ['prod'], waivers = [], images = [], app = 'shop' } = options;
  const files = objects.map((value, index) => ({
    path: `${id}/${String(index).padStart(2, '0')}-${String(value['kind']).toLowerCase()}.yaml`,
    source: 'apps/shop.ts',
    objects: [{ value: value as unknown as KubeObject, construct: `shop/${index}-${String(value['kind'])}`, ...(waivers.length > 0 && { waivers }) }],
  }));
  const kustomization = { apiVersion: 'kustomize.config.k8s.io/v1beta1', kind: 'Kustomization', resources: files.map(({ path }) => path.slice(id.length + 1)), ...(images.length > 0 && { images }) };
  return {
    id,
    ...(app !== null && { app, environment: 'prod' }),
    clusters,
    images: [],
    files: [...files, { path: `${id}/kustomization.yaml`, source: 'apps/shop.ts', objects: [{ value: kustomization as unknown as KubeObject, construct: id }] }],
  };
}

/** How a test's unit differs. */
export interface UnitOptions {
  readonly id?: string;
  /** Null makes a unit of a cluster. */
  readonly app?: string | null;
  readonly clusters?: readonly string[];
  readonly waivers?: readonly Waiver[];
  readonly images?: readonly Loose[];
}

/** The findings of a unit on one minor. */
export function findingsOf(unit: RenderedUnit, target: Partial<ValidationTarget> = {}): Finding[] {
  return validateUnit(unit, { minors: ['1.35'], ...target });
}

/** Findings short enough to compare: the kind, the field and the rule. */
export function brief(findings: readonly Finding[]): string[] {
  return findings.map(({ object, field, rule }) => `${object.kind} ${field} ${rule}`);
}

/** A value that a path of fields leads to, to be changed in place. */
export function at(value: LooseValue, ...path: readonly (string | number)[]): Loose {
  let found: LooseValue = value;
  for (const step of path) found = (found as Record<string | number, LooseValue>)[step];
  return found as Loose;
}

/** The objects of a fixture file. */
export function fixture(name: string): Loose[] {
  const text = readFileSync(new URL(`fixtures/${name}.yaml`, import.meta.url), 'utf8');
  return parseAllDocuments(text).map((document) => document.toJS() as Loose);
}
