import { httpRoute } from '../../../../lib/constructs/network/http-route-options.ts';
import { gatewayApi } from '../../../../lib/constructs/traffic/gateway-api/options.ts';
import { istio } from '../../../../lib/constructs/traffic/istio/options.ts';
import { trafficFor } from '../../../../lib/constructs/traffic/routers.ts';
import type { TrafficFacts } from '../../../../lib/constructs/traffic/traffic-router.ts';
import { writtenFields } from '../../../../lib/constructs/traffic/written/written-fields.ts';
import type { IgnoredFields, KubeObject } from '../../../../lib/manifests/rendered.ts';
import { fieldsAt, listAt, numberAt, textAt } from '../../../../lib/values/fields.ts';
import type { Plane } from '../../../../lib/control-plane/plane.ts';
import { objectPath } from '../../../../lib/control-plane/controllers/await-object.ts';

/** What a commit may change. */
export interface FolderState {
  /** Text of a ConfigMap that has nothing to do with the canary. */
  readonly text: string;
  /** @default ['shop.example'] */
  readonly hosts?: readonly string[];
  /** Timeout of the route's rule, which lies in the same list as its weights. @default - none */
  readonly timeout?: string;
}

const header = 'beta';
const hash = 'rollouts-pod-template-hash';

/** Istio's definitions, as far as the tests need them: lists are whole values, as in the real ones. */
export const istioDefinitions = ['VirtualService', 'DestinationRule'].map((kind) => ({
  apiVersion: 'apiextensions.k8s.io/v1',
  kind: 'CustomResourceDefinition',
  metadata: { name: `${kind.toLowerCase()}s.networking.istio.io` },
  spec: {
    group: 'networking.istio.io',
    scope: 'Namespaced',
    names: { kind, plural: `${kind.toLowerCase()}s`, singular: kind.toLowerCase() },
    versions: [{ name: 'v1', served: true, storage: true, schema: { openAPIV3Schema: { type: 'object', 'x-kubernetes-preserve-unknown-fields': true } } }],
  },
}));

function factsOf(namespace: string, name: string): TrafficFacts {
  const labels = { 'app.kubernetes.io/name': name };
  return { identity: { name, app: name, namespace, labels, selector: labels }, domain: 'example', service: name, stable: name, canary: `${name}-canary`, port: 80, podPorts: [], managedRoutes: [header] };
}

/** The objects of two apps with a canary, one with a route of Gateway API and one in an Istio mesh; the Rollouts come last. */
function objectsOf(namespace: string, { text, hosts = ['shop.example'], timeout }: FolderState): KubeObject[] {
  const route = httpRoute({ host: hosts, tls: false, ...(timeout !== undefined && { timeouts: { request: timeout } }) });
  const routed = trafficFor(gatewayApi(), { ...factsOf(namespace, 'web'), expose: route });
  const mesh = trafficFor(istio({ level: 'subset', host: hosts, gateways: ['istio-system/public'] }), factsOf(namespace, 'mesh'));
  const service = (name: string): KubeObject => ({ apiVersion: 'v1', kind: 'Service', metadata: { name, namespace }, spec: { type: 'ClusterIP', selector: { 'app.kubernetes.io/name': 'web' }, ports: [{ name: 'http', port: 80, protocol: 'TCP', targetPort: 8000 }] } });
  const rollout = (name: string, canary: object): KubeObject => ({ apiVersion: 'argoproj.io/v1alpha1', kind: 'Rollout', metadata: { name, namespace }, spec: { strategy: { canary } } });
  return [
    { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'other', namespace }, data: { text } },
    service('web'), service('web-canary'),
    ...[...routed.objects, ...mesh.objects].map(([, value]) => value as KubeObject),
    rollout('web', { stableService: 'web', canaryService: 'web-canary', trafficRouting: routed.routing }),
    rollout('mesh', { trafficRouting: mesh.routing }),
  ];
}

/** Files of a folder without the Rollouts: the tests write what their controller would. */
export function folderFiles(namespace: string, state: FolderState): Record<string, string> {
  const delivered = objectsOf(namespace, state).filter(({ kind }) => kind !== 'Rollout');
  const names = delivered.map(({ kind, metadata }) => `${kind.toLowerCase()}-${metadata?.name ?? ''}.yaml`);
  const kustomization = { apiVersion: 'kustomize.config.k8s.io/v1beta1', kind: 'Kustomization', resources: names };
  return Object.fromEntries([['kustomization.yaml', kustomization] as const, ...delivered.map((object, index) => [names[index]!, object] as const)].map(([name, object]) => [`${namespace}/${name}`, JSON.stringify(object, undefined, 2)]));
}

/** The rules that Slipway makes for the folder. */
export function folderRules(namespace: string): IgnoredFields[] {
  return writtenFields(objectsOf(namespace, { text: '' }));
}

interface Live extends KubeObject {
  readonly spec: Record<string, unknown>;
}

/** The objects of the folder in the cluster. */
export function liveFolder(plane: Plane, namespace: string) {
  const reference = (path: string, resource: string, name: string) => objectPath({ path, resource, namespace, name });
  const paths = {
    route: reference('apis/gateway.networking.k8s.io/v1', 'httproutes', 'web'),
    virtualService: reference('apis/networking.istio.io/v1', 'virtualservices', 'mesh'),
    rule: reference('apis/networking.istio.io/v1', 'destinationrules', 'mesh'),
    services: ['web', 'web-canary'].map((name) => reference('api/v1', 'services', name)),
    text: reference('api/v1', 'configmaps', 'other'),
  };
  const get = async (path: string): Promise<Live> => (await plane.api.get(path)) as Live;
  const change = async (path: string, to: (spec: Live['spec']) => object): Promise<void> => {
    const object = await get(path);
    const answer = await plane.api.send('PUT', path, { ...object, spec: { ...object.spec, ...to(object.spec) } }, 'application/json');
    if (answer.status !== 200) throw new Error(`${path}: ${answer.body}`);
  };
  return {
    /** Writes what Argo Rollouts and its plugin write in the midst of a canary: selectors, weights, header routes, labels of subsets. */
    async write(weight: number, headers: boolean): Promise<void> {
      const weights = [100 - weight, weight];
      for (const [index, path] of paths.services.entries()) await plane.api.merge(path, { spec: { selector: { [hash]: `hash${index}` } } });
      await change(paths.route, (spec) => {
        const [rule] = listAt(spec, 'rules').map((each) => ({ ...fieldsAt(each), backendRefs: listAt(each, 'backendRefs').map((ref, index) => ({ ...fieldsAt(ref), weight: weights[index] })) }));
        const managed = { name: header, matches: [{ path: { type: 'PathPrefix', value: '/' }, headers: [{ type: 'Exact', name: 'x-beta', value: 'yes' }] }], backendRefs: [{ group: '', kind: 'Service', name: 'web-canary', port: 80, weight: 1 }] };
        return { rules: headers ? [rule, managed] : [rule] };
      });
      await change(paths.virtualService, (spec) => {
        const own = listAt(spec, 'http').map((each) => fieldsAt(each)).find((each) => textAt(each, 'name') === 'primary');
        const primary = { ...own, route: listAt(own, 'route').map((each, index) => ({ ...fieldsAt(each), weight: weights[index] })) };
        return { http: headers ? [{ name: header, match: [{ headers: { 'x-beta': { exact: 'yes' } } }], route: [{ destination: { host: 'mesh', subset: 'canary' }, weight: 100 }] }, primary] : [primary] };
      });
      await change(paths.rule, (spec) => ({ subsets: listAt(spec, 'subsets').map((each, index) => ({ ...fieldsAt(each), labels: { ...fieldsAt(each, 'labels'), [hash]: `hash${index}` } })) }));
    },
    /** What of it is there. */
    async written(): Promise<object> {
      const [route, mesh, rule] = [await get(paths.route), await get(paths.virtualService), await get(paths.rule)];
      const services = await Promise.all(paths.services.map((path) => get(path)));
      const primary = listAt(mesh, 'spec', 'http').find((each) => textAt(each, 'name') === 'primary');
      return {
        selectors: services.map((service) => textAt(service, 'spec', 'selector', hash)),
        weights: listAt(listAt(route, 'spec', 'rules')[0], 'backendRefs').map((ref) => numberAt(ref, 'weight')),
        mesh: listAt(primary, 'route').map((each) => numberAt(each, 'weight')),
        headers: [listAt(route, 'spec', 'rules').length - 1, listAt(mesh, 'spec', 'http').length - 1],
        subsets: listAt(rule, 'spec', 'subsets').map((each) => textAt(each, 'labels', hash)),
      };
    },
    /** What of Git's other fields is there. */
    async arrived(): Promise<FolderState> {
      const [route, mesh, other] = [await get(paths.route), await get(paths.virtualService), await get(paths.text)];
      const hosts = listAt(route, 'spec', 'hostnames') as readonly string[];
      const timeout = textAt(listAt(route, 'spec', 'rules')[0], 'timeouts', 'request');
      return { text: textAt(other, 'data', 'text') ?? '', hosts: listAt(mesh, 'spec', 'hosts').slice(0, -1).join() === hosts.join() ? hosts : [], ...(timeout !== undefined && { timeout }) };
    },
  };
}

/** What `written()` says after `write(weight, headers)`. */
export function writtenAs(weight: number, headers: boolean): object {
  return { selectors: ['hash0', 'hash1'], weights: [100 - weight, weight], mesh: [100 - weight, weight], headers: headers ? [1, 1] : [0, 0], subsets: ['hash0', 'hash1'] };
}
