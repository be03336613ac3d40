import type { KubeObject } from '../../../manifests/rendered.ts';
import type { KustomizationPatch } from '../../../manifests/kustomization.ts';
import type { ArgoCdUi } from '../../../model/argo-cd/access.ts';
import { argoCdNamespace } from '../names.ts';

const server = 'argocd-server';
const gateways = 'gateway.networking.k8s.io';
type Gateway = NonNullable<ArgoCdUi['gateway']>;
type Ingress = NonNullable<ArgoCdUi['ingress']>;

/** Routes or Ingresses to UI and API. */
export function exposure(ui: ArgoCdUi | undefined): KubeObject[] {
  if (ui === undefined) return [];
  if (ui.ingress !== undefined) return ingresses(ui, ui.ingress);
  return routes(ui, ui.gateway ?? { name: 'public', namespace: 'gateway-system', sectionName: 'https', redirectFrom: 'http', annotations: {} });
}

function routes(ui: ArgoCdUi, gateway: Gateway): KubeObject[] {
  const hosts = [ui.host, ...(ui.grpcHost === undefined ? [] : [ui.grpcHost])];
  const parent = (sectionName: string): object => ({ group: gateways, kind: 'Gateway', name: gateway.name, namespace: gateway.namespace, sectionName });
  const backendRefs = [{ group: '', kind: 'Service', name: server, port: 80, weight: 1 }];
  const everything = [{ path: { type: 'PathPrefix', value: '/' } }];
  return [
    object(`${gateways}/v1`, 'HTTPRoute', server, gateway.annotations, { parentRefs: [parent(gateway.sectionName)], hostnames: [ui.host], rules: [{ matches: everything, backendRefs }] }),
    ...(gateway.redirectFrom === false ? [] : [object(`${gateways}/v1`, 'HTTPRoute', `${server}-redirect`, gateway.annotations, {
      parentRefs: [parent(gateway.redirectFrom)],
      hostnames: hosts,
      rules: [{ matches: everything, filters: [{ type: 'RequestRedirect', requestRedirect: { scheme: 'https', statusCode: 301 } }] }],
    })]),
    ...(ui.grpcHost === undefined ? [] : [object(`${gateways}/v1`, 'GRPCRoute', `${server}-grpc`, gateway.annotations, { parentRefs: [parent(gateway.sectionName)], hostnames: [ui.grpcHost], rules: [{ backendRefs }] })]),
  ];
}

function ingresses(ui: ArgoCdUi, options: Ingress): KubeObject[] {
  const one = (name: string, host: string, annotations: Ingress['annotations']): KubeObject => object('networking.k8s.io/v1', 'Ingress', name, annotations, {
    ingressClassName: options.className,
    rules: [{ host, http: { paths: [{ path: '/', pathType: 'Prefix', backend: { service: { name: server, port: { name: options.backendTls ? 'https' : 'http' } } } }] } }],
    tls: [{ hosts: [host], ...(options.tlsSecret !== undefined && { secretName: options.tlsSecret }) }],
  });
  return [
    one(server, ui.host, options.annotations),
    ...(ui.grpcHost === undefined ? [] : [one(`${server}-grpc`, ui.grpcHost, { ...options.annotations, ...options.grpcAnnotations })]),
  ];
}

/** Lets only those reach the server's pods who may; everybody in the cluster reaches their metrics. */
export function serverNetworkPolicy(ui: ArgoCdUi | undefined): KustomizationPatch[] {
  if (ui?.from === undefined) return [];
  const from = ui.from.map(({ namespace, pods, cidr }) => (cidr === undefined
    ? { namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': namespace } }, ...(pods !== undefined && { podSelector: { matchLabels: pods } }) }
    : { ipBlock: { cidr } }));
  const ingress = [{ from, ports: [{ port: 8080, protocol: 'TCP' }] }, { from: [{ namespaceSelector: {} }], ports: [{ port: 8083, protocol: 'TCP' }] }];
  return [{
    target: { group: 'networking.k8s.io', version: 'v1', kind: 'NetworkPolicy', name: `${server}-network-policy` },
    patch: [{ op: 'replace', path: '/spec/ingress', value: ingress }],
  }];
}

function object(apiVersion: string, kind: string, name: string, annotations: Readonly<Record<string, string>>, spec: object): KubeObject {
  return {
    apiVersion,
    kind,
    metadata: {
      name,
      namespace: argoCdNamespace,
      labels: { 'app.kubernetes.io/managed-by': 'slipway' },
      ...(Object.keys(annotations).length > 0 && { annotations }),
    },
    spec,
  };
}
