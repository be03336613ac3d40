import { fieldPath } from '../../model/schema.ts';
import type { Problem } from '../../values/errors.ts';
import { didYouMean } from '../../values/suggest.ts';
import { isPlusValue } from './interop.ts';
import type { PodPlan } from './pod-plan.ts';
import type { PodProps } from './pod-props.ts';
import type { ProbeInput } from './probe-props.ts';
import type { SoundProps } from './sound-props.ts';

/** Probes that ask at a port which the pods don't have. */
export function probeProblems({ props, isFaulty, where }: SoundProps<PodProps>, plan: PodPlan): Problem[] {
  // Without sound ports nothing can be said about what asks at them.
  if (isFaulty('port') || isFaulty('ports') || (isFaulty('server') && props.port === undefined)) return [];
  const names = plan.ports.map((port) => port.name);
  const problems: Problem[] = [];
  if (props.health !== undefined && names.length === 0) problems.push({ where: `${where}: health`, message: 'expected an app with a port to ask at, got none', fix: 'give the app a port' });
  if (props.probes === undefined || props.probes === false) return problems;
  for (const [name, probe] of Object.entries(props.probes) as [string, ProbeInput | undefined][]) {
    for (const port of portsAsked(probe)) {
      const at = fieldPath(where, ['probes', name]);
      if (port === undefined && names.length === 0) problems.push({ where: at, message: 'expected an app with a port to ask at, got none', fix: 'give the app a port' });
      if (typeof port === 'string' && !names.includes(port)) problems.push({ where: at, message: `expected the name of a port of the app, got ${JSON.stringify(port)}.`, fix: `name one.${didYouMean(port, names)}` });
    }
  }
  return problems;
}

/** The ports at which a probe asks: undefined for the app's first. */
function portsAsked(probe: ProbeInput | undefined): readonly (number | string | undefined)[] {
  if (probe === undefined || probe === false || isPlusValue(probe)) return [];
  if (typeof probe === 'string') return [undefined];
  const fields = probe as Extract<ProbeInput, { readonly httpGet?: object }>;
  return [...(fields.httpGet === undefined ? [] : [fields.httpGet.port]), ...(fields.tcpSocket === undefined ? [] : [fields.tcpSocket.port])];
}
