import type { StartOptions } from '../../rollouts/controller/rollout-state.ts';
import { faults, type Fault } from '../../rollouts/simulate/synthetic.ts';
import { parseDuration } from '../../values/duration.ts';
import { throwProblems, type Problem } from '../../values/errors.ts';
import { didYouMean } from '../../values/suggest.ts';

/** What `slipway rollout simulate` takes. */
export interface RolloutSimulateOptions {
  readonly app: string;
  readonly environment: string;
  /** @default - the only Rollout of the app */
  readonly rollout?: string;
  /** A recorded CSV. @default - a synthetic trace */
  readonly trace?: string;
  /** @default - a healthy version */
  readonly fault?: string;
  /** When the fault begins, a Go duration. @default '1m' */
  readonly onset?: string;
  /** Whether it is the first version: its steps are skipped. @default false */
  readonly first?: boolean;
  /** It goes back by so many revisions, which may skip the steps too. @default - a new version */
  readonly rollback?: number;
  /** How many seeded traces the rates are taken from; 0 for none. @default 0 */
  readonly runs?: number;
  /** @default 1 */
  readonly seed?: number;
  /** How long new pods take to serve. @default '30s' */
  readonly podStart?: string;
  /** How long a person takes where the steps wait for one. @default - it ends there */
  readonly person?: string;
  /** Requests a second of the whole app. @default 100 */
  readonly requests?: number;
  readonly format: 'json' | 'svg' | 'text';
}

/** The options, checked and with their defaults. Times in milliseconds. */
export interface CheckedOptions {
  readonly change: StartOptions['change'];
  readonly fault?: Fault;
  readonly onset: number;
  readonly podStart: number;
  readonly person?: number;
  readonly runs: number;
  readonly seed: number;
  readonly requests: number;
}

/** Fails with everything that is wrong with the options. */
export function checkOptions(options: RolloutSimulateOptions): CheckedOptions {
  const problems: Problem[] = [];
  const duration = (name: 'onset' | 'person' | 'podStart', option: string): number | undefined => {
    const text = options[name];
    const value = text === undefined ? undefined : parseDuration(text);
    if (text !== undefined && value === undefined) problems.push({ where: option, message: `expected a duration such as 90s, got ${JSON.stringify(text)}` });
    return value;
  };
  const number = (value: number | undefined, otherwise: number, option: string, most: number, isWhole: boolean): number => {
    if (value !== undefined && !(value >= 0 && value <= most && (!isWhole || Number.isInteger(value)))) problems.push({ where: option, message: `expected a ${isWhole ? 'whole ' : ''}number from 0 to ${most}, got ${value}` });
    return value ?? otherwise;
  };
  const fault = faults.find((each) => each === options.fault);
  if (options.fault !== undefined && fault === undefined) problems.push({ where: '--fault', message: `expected one of ${faults.join(', ')}, got ${JSON.stringify(options.fault)}.`, fix: `choose one.${didYouMean(options.fault, faults)}` });
  if (options.trace !== undefined && options.fault !== undefined) problems.push({ where: '--fault', message: 'expected a recorded trace or a fault, got both', fix: 'leave one out' });
  if (options.trace !== undefined && (options.runs ?? 0) > 0) problems.push({ where: '--runs', message: 'expected synthetic traces to take rates from, got a recorded one', fix: 'leave --trace or --runs out' });
  if (options.first === true && options.rollback !== undefined) problems.push({ where: '--rollback', message: 'expected the first version or a way back, got both', fix: 'leave one out' });
  if (options.trace !== undefined && options.seed !== undefined) problems.push({ where: '--seed', message: 'expected a seed for made-up measurements, got a recorded trace', fix: 'leave --trace or --seed out' });
  const person = duration('person', '--person');
  const back = number(options.rollback, 1, '--rollback', 1000, true);
  const checked = {
    change: options.first === true ? 'first' as const : options.rollback === undefined ? 'update' as const : { rollback: back },
    onset: duration('onset', '--onset') ?? 60_000,
    podStart: duration('podStart', '--pod-start') ?? 30_000,
    runs: number(options.runs, 0, '--runs', 100_000, true),
    seed: number(options.seed, 1, '--seed', 2 ** 31, true),
    requests: number(options.requests, 100, '--requests', 1e9, false),
  };
  throwProblems(problems);
  return { ...checked, ...(fault !== undefined && { fault }), ...(person !== undefined && { person }) };
}
