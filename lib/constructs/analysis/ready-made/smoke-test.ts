import type { ArgumentValue, MetricOptions, OwnAnalysis } from '../analysis.ts';
import { jobRun, type JobRunOptions } from '../job/options.ts';
import { knownArguments } from './known-arguments.ts';

/** What `smokeTest()` takes. */
export interface SmokeTestOptions extends Omit<JobRunOptions, 'args'>, Pick<MetricOptions, 'dryRun' | 'initialDelay'> {
  /** Name of the analysis, and of its metric. @default 'smoke-test' */
  readonly name?: string;
  /** Environment variable with the URL of the new version's Service; `false` for none. @default 'TARGET_URL' */
  readonly targetEnv?: string | false;
  /** Values of further arguments that the texts use. @default {} */
  readonly args?: Readonly<Record<string, ArgumentValue>>;
}

/**
 * A Job that tries the new version out and succeeds or fails: `smokeTest({ command: ['python', '-m', 'storefront.smoke'] })`. It runs once in the app's own
 * image and finds the URL of the new version in `TARGET_URL`.
 */
export function smokeTest(options: SmokeTestOptions): OwnAnalysis {
  const { name = 'smoke-test', targetEnv = 'TARGET_URL', initialDelay, dryRun, args, ...job } = options;
  const env = targetEnv === false ? job.env : { [targetEnv]: 'http://{{args.canary-service}}.{{args.namespace}}.svc:{{args.port}}', ...job.env };
  const metric: MetricOptions = {
    name,
    ...(initialDelay !== undefined && { initialDelay }),
    ...(dryRun !== undefined && { dryRun }),
    provider: jobRun({ ...job, ...(env !== undefined && { env }) }),
  };
  return { kind: 'analysis', name, args: knownArguments(metric, args), metrics: [metric] };
}
