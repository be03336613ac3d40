import { renderChecked } from '../../synth/checked.ts';
import { ownSchemas } from '../../synth/own-schemas.ts';
import { exitCodes } from '../../values/errors.ts';
import { isFailure } from '../../validate/finding.ts';
import { formatFindings, type ReportFormat } from '../../validate/report.ts';
import { loadWorkspace } from '../../workspace.ts';
import type { Output } from '../output.ts';

/** What `slipway validate` takes. */
export interface ValidateOptions {
  /** @default - all */
  readonly environment?: readonly string[];
  readonly format: ReportFormat;
}

/** Renders and checks, writes nothing; exits 1 when a finding fails. */
export async function validate(options: ValidateOptions, cwd: string, output: Output): Promise<number> {
  const fleet = await loadWorkspace(cwd);
  const { findings, notices } = renderChecked(fleet, { ...ownSchemas(cwd), root: cwd, ...(options.environment !== undefined && { environments: options.environment }) }, () => undefined);
  for (const notice of notices) output.say(notice);
  output.print(formatFindings(findings, options.format));
  return findings.some(isFailure) ? exitCodes.different : exitCodes.ok;
}
