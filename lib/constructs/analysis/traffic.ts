import type { AllowedTraffic } from '../network/peers.ts';
import { networkPolicyFor } from '../network/network-policy.ts';
import type { Part } from '../python-app/part.ts';
import type { ArgumentValue, OwnAnalysis } from './analysis.ts';
import { resolveValue } from './arguments.ts';
import type { AnalysisFacts } from './facts.ts';
import { jobIdentity } from './job/identity.ts';
import { analysisTemplateName } from './template.ts';
import { withArguments } from './texts.ts';

/** Where Argo Rollouts itself makes requests from. */
const controller = { namespace: 'argo-rollouts', pods: { 'app.kubernetes.io/name': 'argo-rollouts' } } as const;

/** Who comes to the app's pods because of its analyses: the controller for checks of the app's own Services, and the pods of Jobs. */
export function analysisTraffic(analyses: readonly OwnAnalysis[], facts: AnalysisFacts): AllowedTraffic[] {
  const ports = portsOf(facts);
  if (ports.length === 0) return [];
  const checked = analyses.some((analysis) => (analysis.metrics ?? []).some(({ provider }) => provider.provider === 'web' && isOwn(provider.url, analysis.args ?? {}, facts)));
  return [
    ...(checked ? [{ ...controller, ports }] : []),
    ...analyses.filter(hasJob).map((analysis) => ({ pods: jobIdentity(facts.identity, analysisTemplateName(analysis, facts.identity)).selector, ports })),
  ];
}

/** The policies of Jobs' pods: they reach DNS, the app's pods and what they say themselves. One for each analysis that has any. */
export function analysisPolicies(analyses: readonly OwnAnalysis[], facts: AnalysisFacts): Part[] {
  const ports = portsOf(facts);
  return analyses.flatMap((analysis): Part[] => {
    const said = (analysis.metrics ?? []).flatMap(({ provider }) => (provider.provider === 'job' && provider.networkPolicy !== false ? [provider.networkPolicy ?? {}] : []));
    const [first] = said;
    if (first === undefined) return [];
    const options = said.length === 1 ? first : { ...first, allowEgress: said.flatMap((each) => each.allowEgress ?? []), allowIngress: said.flatMap((each) => each.allowIngress ?? []) };
    const policy = networkPolicyFor(jobIdentity(facts.identity, analysisTemplateName(analysis, facts.identity)), options, {
      environment: facts.environment,
      egress: ports.length === 0 ? [] : [{ pods: facts.identity.selector, ports }],
    });
    return [[`network-policy-${analysis.name}`, policy]];
  });
}

function hasJob({ metrics = [] }: OwnAnalysis): boolean {
  return metrics.some(({ provider }) => provider.provider === 'job');
}

function portsOf({ podPorts = [] }: AnalysisFacts) {
  return podPorts.map(({ port, protocol }) => (protocol === undefined || protocol === 'TCP' ? port : { port, protocol }));
}

/** Whether a URL leads to a Service of the app. */
function isOwn(url: string, args: Readonly<Record<string, ArgumentValue>>, facts: AnalysisFacts): boolean {
  const known = withArguments(url, (name) => {
    const value = args[name];
    const resolved = value === undefined ? undefined : resolveValue(value, facts);
    return resolved !== undefined && 'value' in resolved ? resolved.value : undefined;
  });
  const [, host = ''] = /^https?:\/\/([^/:?#]+)/.exec(known) ?? [];
  const [service = '', namespace] = host.split('.');
  const here = namespace === undefined || namespace === facts.identity.namespace || namespace.startsWith('{{');
  return here && [facts.canaryService, facts.stableService, facts.identity.name].includes(service);
}
