import { exitCodes } from '../../values/errors.ts';
import type { Output } from '../output.ts';
import { preparePublish, type PublishingOptions } from '../publish-jobs.ts';
import { describeResult } from '../publish-text.ts';

/** Renders afresh and commits the files to the runtime repo. */
export async function publish(options: PublishingOptions, cwd: string, output: Output): Promise<number> {
  const jobs = await preparePublish(options, cwd, new Date(), output);
  const { publishAll } = await import('../../runtime-repo/publish.ts');
  let failed = false;
  for (const { result, error } of await publishAll(jobs)) {
    if (result !== undefined) output.print(describeResult(result));
    if (error === undefined) continue;
    failed = true;
    output.say(error.message);
  }
  return failed ? exitCodes.error : exitCodes.ok;
}
