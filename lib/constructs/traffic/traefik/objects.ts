import type { Metadata } from '../../network/metadata.ts';

/** Traefik's TraefikService, as far as a canary needs it (`traefik.io/v1alpha1`). */
export interface ITraefikService {
  apiVersion: 'traefik.io/v1alpha1';
  kind: 'TraefikService';
  metadata: Metadata;
  spec: {
    weighted: {
      services: { kind?: 'Service' | 'TraefikService'; name: string; port: number | string; weight?: number }[];
      sticky?: { cookie?: { name?: string; secure?: boolean; httpOnly?: boolean; sameSite?: string } };
    };
  };
}

/** Traefik's IngressRoute, as far as a canary needs it (`traefik.io/v1alpha1`). */
export interface IIngressRoute {
  apiVersion: 'traefik.io/v1alpha1';
  kind: 'IngressRoute';
  metadata: Metadata;
  spec: {
    entryPoints?: string[];
    routes: { kind: 'Rule'; match: string; services: { kind: 'TraefikService'; name: string }[] }[];
    tls?: { secretName: string };
  };
}
