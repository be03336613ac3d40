import { ownSchemas } from '../../synth/own-schemas.ts';
import { synthesize } from '../../synth/synthesize.ts';
import { loadWorkspace } from '../../workspace.ts';
import type { Output } from '../output.ts';

/** What `slipway synth` takes. */
export interface SynthOptions {
  readonly environment?: readonly string[];
  readonly output: string;
}

/** Renders the workspace into a folder. */
export async function synth(options: SynthOptions, cwd: string, output: Output): Promise<number> {
  const fleet = await loadWorkspace(cwd);
  return synthesize(fleet, { outdir: options.output, root: cwd, ...ownSchemas(cwd), ...(options.environment !== undefined && { environments: options.environment }) }, output.say);
}
