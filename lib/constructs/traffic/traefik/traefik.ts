import { fieldPath } from '../../../model/schema.ts';
import type { Problem } from '../../../values/errors.ts';
import { hostsOf } from '../../network/hosts.ts';
import type { IngressOptions } from '../../network/ingress-options.ts';
import { metadataFor } from '../../network/metadata.ts';
import { ingressOnly } from '../ingress-only.ts';
import type { RouterImplementation, TrafficFacts, TrafficUse } from '../traffic-router.ts';
import { matchOf } from './match.ts';
import type { IIngressRoute, ITraefikService } from './objects.ts';
import type { TraefikRouter } from './options.ts';

/** An IngressRoute leads to a TraefikService, which names both versions' Services; Argo Rollouts sets the weights there. */
export const traefikRouter: RouterImplementation<TraefikRouter> = {
  abilities: { headerRoutes: false, mirrorRoutes: false, experimentWeights: false, ownWeights: true, pingPong: false },
  services: () => 'main-is-stable',
  routed: (options, facts) => ({
    routing: { traefik: { weightedTraefikServiceName: facts.identity.name } },
    objects: [
      ['traefik-service', traefikService(options, facts)],
      ...(facts.expose?.kind === 'ingress' ? [['ingress-route', ingressRoute(options, facts.expose, facts)] as const] : []),
    ],
  }),
  problems: (_options, use) => [...ingressOnly('traefik', use), ...problemsOf(use)],
};

function traefikService({ stickyCookie }: TraefikRouter, { identity, stable, canary, port }: TrafficFacts): ITraefikService {
  return {
    apiVersion: 'traefik.io/v1alpha1',
    kind: 'TraefikService',
    metadata: metadataFor(identity),
    spec: {
      weighted: {
        // Without weights Traefik would take 1 for each: half of the traffic until Argo Rollouts comes.
        services: [{ name: stable, port, weight: 100 }, { name: canary, port, weight: 0 }],
        ...(stickyCookie !== undefined && { sticky: { cookie: { name: stickyCookie, httpOnly: true } } }),
      },
    },
  };
}

function ingressRoute({ entryPoints }: TraefikRouter, options: IngressOptions, { identity, domain }: TrafficFacts): IIngressRoute {
  const tls = options.tls === undefined || options.tls === false ? undefined : options.tls === true ? {} : options.tls;
  const listened = entryPoints ?? (tls === undefined ? undefined : ['websecure']);
  const paths = (options.paths ?? ['/']).map((path) => typeof path === 'string' ? { path } : path);
  return {
    apiVersion: 'traefik.io/v1alpha1',
    kind: 'IngressRoute',
    metadata: metadataFor(identity, {
      annotations: { ...(options.className !== undefined && { 'kubernetes.io/ingress.class': options.className }), ...options.annotations },
    }),
    spec: {
      ...(listened !== undefined && { entryPoints: [...listened] }),
      routes: [{ kind: 'Rule', match: matchOf(hostsOf(options.host, domain), paths), services: [{ kind: 'TraefikService', name: identity.name }] }],
      ...(tls !== undefined && { tls: { secretName: tls.secretName ?? `${identity.name}-tls` } }),
    },
  };
}

function problemsOf({ where, expose }: TrafficUse): Problem[] {
  if (expose?.kind !== 'ingress') return [];
  const { tls } = expose;
  const issuer = typeof tls === 'object' ? (['clusterIssuer', 'issuer'] as const).filter((field) => tls[field] !== undefined) : [];
  return [
    ...issuer.map((field) => ({
      where: fieldPath(where, ['expose', 'tls', field]),
      message: 'expected no issuer: cert-manager reads Ingresses, and Traefik is given an IngressRoute in place of one, got one',
      fix: 'make the Certificate by itself, or have Traefik get the certificate, and name its Secret by secretName',
    })),
    ...(expose.paths ?? []).flatMap((path, index) => typeof path === 'string' || path.port === undefined ? [] : [{
      where: fieldPath(where, ['expose', 'paths', index, 'port']),
      message: `expected the first port for every path, because a TraefikService has one port for each version, got ${path.port}`,
      fix: 'leave the port out',
    }]),
  ];
}
