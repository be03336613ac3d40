import type { Metadata } from '../../network/metadata.ts';

/** Istio's VirtualService, as far as a canary needs it (`networking.istio.io/v1`). */
export interface IVirtualService {
  apiVersion: 'networking.istio.io/v1';
  kind: 'VirtualService';
  metadata: Metadata;
  spec: {
    hosts: string[];
    gateways?: string[];
    http: {
      name: string;
      match?: { uri?: { prefix?: string } }[];
      route: { destination: { host: string; subset?: string; port?: { number: number } }; weight: number }[];
      timeout?: string;
    }[];
  };
}

/** Istio's DestinationRule, as far as a canary needs it (`networking.istio.io/v1`). */
export interface IDestinationRule {
  apiVersion: 'networking.istio.io/v1';
  kind: 'DestinationRule';
  metadata: Metadata;
  spec: {
    host: string;
    subsets: { name: string; labels: Record<string, string> }[];
  };
}
