import type { ArgumentValue, MetricOptions, OwnAnalysis } from '../analysis.ts';
import { kayentaScore, type KayentaScoreOptions } from '../kayenta/options.ts';
import { knownArguments } from './known-arguments.ts';

/** What `kayentaJudge()` takes. */
export interface KayentaJudgeOptions extends Omit<KayentaScoreOptions, 'lookback' | 'scopes'>, Pick<MetricOptions, 'consecutiveErrorLimit' | 'dryRun'> {
  /** Name of the analysis, and of its metric. @default 'kayenta' */
  readonly name?: string;
  /** Name that the canary config has for what is compared. @default 'default' */
  readonly scope?: string;
  /** Where both versions run, as the metrics store has it. */
  readonly region: string;
  /** Seconds between two values. @default 60 */
  readonly step?: number;
  /** How long both versions run beside each other before they are compared: Kayenta needs dozens of values. @default '30m' */
  readonly after?: string;
  /** Values of further arguments that the texts use. @default {} */
  readonly args?: Readonly<Record<string, ArgumentValue>>;
}

/**
 * Kayenta compares the new version with the running one, once, over the time since the analysis began: `kayentaJudge({ address, application, canaryConfig,
 * accounts, region })`. Both are told by the hashes of their pods. A score between `marginal` and `pass` is inconclusive: the rollout pauses for a person.
 */
export function kayentaJudge(options: KayentaJudgeOptions): OwnAnalysis {
  const { name = 'kayenta', scope = 'default', region, step, after = '30m', consecutiveErrorLimit, dryRun, args, ...judge } = options;
  const of = (hash: string) => ({ scope: `{{args.${hash}}}`, region, ...(step !== undefined && { step }) });
  const metric: MetricOptions = {
    name,
    initialDelay: after,
    ...(consecutiveErrorLimit !== undefined && { consecutiveErrorLimit }),
    ...(dryRun !== undefined && { dryRun }),
    provider: kayentaScore({ ...judge, lookback: true, scopes: { [scope]: { control: of('stable-hash'), experiment: of('canary-hash') } } }),
  };
  return { kind: 'analysis', name, args: knownArguments(metric, args), metrics: [metric] };
}
