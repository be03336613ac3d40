import type { INetworkPolicy } from 'kubernetes-models/networking.k8s.io/v1/NetworkPolicy';
import { canonicalJson } from '../../values/canonical-json.ts';
import { compareText } from '../../values/errors.ts';
import type { ResolvedEndpoint } from '../app-chart.ts';
import { callsLabel, environmentLabel, type PodPort, type WorkloadIdentity } from '../workload-identity.ts';
import { dnsEgress, internetEgress } from './egress.ts';
import { metadataFor } from './metadata.ts';
import type { NetworkPolicyOptions } from './network-policy-options.ts';
import { egressRule, ingressRule, type EgressRule, type IngressRule } from './policy-rules.ts';
import type { AllowedTraffic, Peer } from './peers.ts';
import { proxyIngress } from './proxy-ingress.ts';
import { serviceIngress } from './service-ingress.ts';
import type { HttpRouteOptions } from './http-route-options.ts';
import type { IngressOptions } from './ingress-options.ts';
import type { ServiceOptions } from './service-options.ts';

/** What a network policy must know beside its options. */
export interface NetworkPolicyFacts {
  /** Name of the environment: callers live in its namespaces. */
  readonly environment: string;
  /** The ports of the pods. @default [] */
  readonly podPorts?: readonly PodPort[];
  /** The Services in front of the pods. @default [] */
  readonly services?: readonly ServiceOptions[];
  /** How the pods are reached from outside. @default - they aren't */
  readonly expose?: HttpRouteOptions | IngressOptions;
  /** Proxies beside those of `expose`, such as those of a canary's router. @default [] */
  readonly proxies?: readonly Peer[];
  /** Numbers of the pods' ports that other apps of the environment may call, because the app `provides` them. @default [] */
  readonly providedPorts?: readonly number[];
  /** Services of other apps that are called. @default [] */
  readonly calls?: readonly ResolvedEndpoint[];
  /** Who reads metrics, from `scrapedFrom()`. @default - nobody */
  readonly scraped?: AllowedTraffic;
  /** Connections that other parts need, such as the collector of `telemetryFor()`. @default [] */
  readonly egress?: readonly AllowedTraffic[];
}

/** The policy of a workload's pods: nothing goes in or out but what follows from the app's own description. */
export function networkPolicyFor(identity: WorkloadIdentity, options: NetworkPolicyOptions, facts: NetworkPolicyFacts): INetworkPolicy {
  const ingress = unique<IngressRule>([
    ...proxyIngress(facts.expose, facts.proxies ?? [], facts.services ?? [], facts.podPorts ?? []),
    ...(facts.services ?? []).flatMap((service) => serviceIngress(service, facts.podPorts ?? [])),
    ...callerIngress(identity, facts),
    ...(facts.scraped === undefined ? [] : [ingressRule(facts.scraped)]),
    ...(options.allowIngress ?? []).map(ingressRule),
  ]);
  const egress = unique<EgressRule>([
    ...dnsEgress(options.dns),
    ...(facts.calls ?? []).map(calleeTraffic).sort(byTarget).map(egressRule),
    ...(facts.egress ?? []).map(egressRule),
    ...(options.allowEgress ?? []).map(egressRule),
    ...internetEgress(options.internet),
  ]);
  return {
    apiVersion: 'networking.k8s.io/v1',
    kind: 'NetworkPolicy',
    metadata: metadataFor(identity),
    spec: {
      podSelector: { matchLabels: { ...identity.selector } },
      policyTypes: ['Ingress', 'Egress'],
      ...(ingress.length > 0 && { ingress }),
      ...(egress.length > 0 && { egress }),
    },
  };
}

function callerIngress(identity: WorkloadIdentity, facts: NetworkPolicyFacts): IngressRule[] {
  const ports = [...new Set(facts.providedPorts)].sort((a, b) => a - b);
  if (ports.length === 0) return [];
  return [ingressRule({ namespaces: { [environmentLabel]: facts.environment }, pods: { [callsLabel(identity.app)]: 'true' }, ports })];
}

function calleeTraffic(call: ResolvedEndpoint): AllowedTraffic & { readonly target: string } {
  return {
    target: `${call.namespace}/${call.app}:${String(call.targetPort).padStart(5, '0')}`,
    namespace: call.namespace,
    pods: { 'app.kubernetes.io/part-of': call.app },
    ports: [call.targetPort],
  };
}

function byTarget(a: { readonly target: string }, b: { readonly target: string }): number {
  return compareText(a.target, b.target);
}

/** The rules, each once, in the order of their first occurrence. */
function unique<Rule extends object>(rules: readonly Rule[]): Rule[] {
  if (rules.length < 2) return [...rules];
  const seen = new Map(rules.map((rule) => [canonicalJson(rule), rule]));
  return [...seen.values()];
}
