import type { IIngress } from 'kubernetes-models/networking.k8s.io/v1/Ingress';
import type { WorkloadIdentity } from '../workload-identity.ts';
import type { RouteFacts } from './http-route.ts';
import { hostsOf } from './hosts.ts';
import type { IngressOptions, IngressTls } from './ingress-options.ts';
import { metadataFor } from './metadata.ts';

/** The Ingress of an app. */
export function ingressFor(identity: WorkloadIdentity, options: IngressOptions, facts: RouteFacts): IIngress {
  const hosts = hostsOf(options.host, facts.domain);
  const tls = options.tls === true ? {} : options.tls === false ? undefined : options.tls;
  const paths = (options.paths ?? ['/']).map((path) => typeof path === 'string' ? { path } : path);
  return {
    apiVersion: 'networking.k8s.io/v1',
    kind: 'Ingress',
    metadata: metadataFor(identity, { annotations: { ...issuerAnnotations(tls), ...options.annotations } }),
    spec: {
      ...(options.className !== undefined && { ingressClassName: options.className }),
      ...(tls !== undefined && { tls: [{ hosts, secretName: tls.secretName ?? `${identity.name}-tls` }] }),
      rules: hosts.map((host) => ({
        host,
        http: {
          paths: paths.map((each) => ({
            path: each.path ?? '/',
            pathType: each.pathType ?? 'Prefix',
            backend: { service: { name: facts.backend.service, port: { number: each.port ?? facts.backend.port } } },
          })),
        },
      })),
    },
  };
}

function issuerAnnotations(tls: IngressTls | undefined): Record<string, string> {
  return {
    ...(tls?.clusterIssuer !== undefined && { 'cert-manager.io/cluster-issuer': tls.clusterIssuer }),
    ...(tls?.issuer !== undefined && { 'cert-manager.io/issuer': tls.issuer }),
  };
}
