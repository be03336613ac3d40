import { exitCodes } from '../../values/errors.ts';
import type { Output } from '../output.ts';
import { preparePublish, type PublishingOptions } from '../publish-jobs.ts';
import { describePlan, planData } from '../publish-text.ts';

/** What `slipway plan` takes. */
export interface PlanOptions extends PublishingOptions {
  readonly format: 'text' | 'json';
}

/** Says what a publish would change; exits 1 when it would change anything. */
export async function plan(options: PlanOptions, cwd: string, output: Output): Promise<number> {
  const jobs = await preparePublish(options, cwd, new Date(), output);
  const { planPublish } = await import('../../runtime-repo/publish.ts');
  const plans = [];
  for (const job of jobs) plans.push(await planPublish(job));
  output.print(options.format === 'json' ? JSON.stringify(plans.map(planData), null, 2) : plans.map(describePlan).join('\n'));
  return plans.some((each) => each.plan.kind === 'changes') ? exitCodes.different : exitCodes.ok;
}
