import { SlipwayError } from '../../../values/errors.ts';
import { isSecretKey } from '../../python-app/env.ts';
import { argumentProblems, secretLiteralProblems } from '../../python-app/literals.ts';
import type { AnalysisFacts } from '../facts.ts';
import type { ProviderFault } from '../provider.ts';
import { secretKeyFault } from '../secret-key.ts';
import { jobIdentity } from './identity.ts';
import type { JobRun } from './options.ts';

/** What is wrong between the options of a Job, and with what they need of the app. */
export function jobFaults(options: JobRun, facts: AnalysisFacts): ProviderFault[] {
  const faults: ProviderFault[] = [];
  if (options.image === undefined && facts.image === undefined) faults.push({ path: ['image'], message: 'expected an image, got none', fix: 'say the image: nothing is known here of an app' });
  if (options.size !== undefined && options.resources === undefined) faults.push(...sizeFaults(options.size, facts));
  const { ttlSecondsAfterFinished: ttl, template } = options.job ?? {};
  // The controller reads how the Job ended: with it gone, the measurement is an error.
  if (typeof ttl === 'number' && ttl < leastTtl) faults.push({ path: ['job', 'ttlSecondsAfterFinished'], message: `expected none, or at least ${leastTtl} seconds, got ${ttl}`, fix: 'leave it out: the Job goes with its AnalysisRun' });
  if (template !== undefined) faults.push({ path: ['job', 'template'], message: 'expected no template, got one', fix: 'say the pod\'s fields in pod' });
  const labels: Readonly<Record<string, string>> = { ...jobIdentity(facts.identity, '').labels, ...options.labels };
  if (Object.entries(facts.identity.selector).every(([key, value]) => labels[key] === value)) faults.push({ path: ['labels'], message: 'expected pods that are none of the app\'s, got all labels by which its own are selected: its Services would lead to them', fix: 'give the app a selector of its own, or leave the labels out' });
  return [...faults, ...keyFaults(options), ...literalFaults(options)];
}

/** The controller looks at a Job less and less often; after this long it has seen the end of one that ran for a day. */
const leastTtl = 600;

function sizeFaults(size: string, facts: AnalysisFacts): ProviderFault[] {
  try {
    facts.place.size(size);
    return [];
  } catch (error) {
    if (!(error instanceof SlipwayError)) throw error;
    return error.problems.map(({ message, fix }) => ({ path: ['size'], message, ...(fix !== undefined && { fix }) }));
  }
}

function keyFaults({ env = {} }: JobRun): ProviderFault[] {
  return Object.entries(env).flatMap(([name, value]): ProviderFault[] => {
    if (!isSecretKey(value)) return [];
    const fault = secretKeyFault(value.secret, value.key);
    return fault === undefined ? [] : [{ path: ['env', name], ...fault }];
  });
}

function literalFaults(options: JobRun): ProviderFault[] {
  const { command, env, args, annotations, labels } = options;
  // Their own paths are texts; what counts is which of the fields each is in.
  const at = (where: string): readonly PropertyKey[] => [/^x: (\w+)/.exec(where)?.[1] ?? 'command', ...[...where.matchAll(/\[(\d+)\]|\.([\w-]+)|\["([^"]*)"\]/g)].map(([, index, key, quoted]) => (index === undefined ? key ?? quoted ?? '' : Number(index)))];
  return [...argumentProblems(command, 'x', ['command']), ...secretLiteralProblems({ env, args, annotations, labels }, 'x')].map(({ where, message, fix }) => ({ path: at(where), message, ...(fix !== undefined && { fix }) }));
}
