import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setPin } from '../../model/pin-edit.ts';
import { exitCodes, SlipwayError, type Problem } from '../../values/errors.ts';
import { didYouMean } from '../../values/suggest.ts';
import { loadWorkspace } from '../../workspace.ts';
import type { Output } from '../output.ts';

/** What `slipway pin` takes. */
export interface PinOptions {
  /** The environment whose pins change. */
  readonly environment: string;
  /** `<image>=<tag>`, `<image>=<tag>@sha256:…` or `<image>=sha256:…`. */
  readonly images: readonly string[];
}

/** Writes versions into an environment's pins file; every other byte of it stays. */
export async function pin(options: PinOptions, cwd: string, output: Output): Promise<number> {
  // Pins may be missing or wrong: this verb is what mends them, so only the file's place is asked of the fleet.
  const path = await pinsPath(options.environment, cwd);
  const file = join(cwd, path);
  const problems: Problem[] = [];
  let text = existsSync(file) ? readFileSync(file, 'utf8') : 'apiVersion: kustomize.config.k8s.io/v1beta1\nkind: Kustomization\nimages: []\n';
  for (const each of options.images) {
    const parsed = /^([^=]+)=(?:([^@:=]+)|(?:([^@:=]+)@)?(sha256:[^@=]*))$/.exec(each);
    if (parsed?.[1] === undefined) {
      problems.push({ where: each, message: 'expected <image>=<tag>, <image>=<tag>@sha256:<digest> or <image>=sha256:<digest>' });
      continue;
    }
    const tag = parsed[2] ?? parsed[3];
    try {
      text = setPin(path, text, parsed[1], { ...(tag !== undefined && { tag }), ...(parsed[4] !== undefined && { digest: parsed[4] }) });
    } catch (error) {
      if (!(error instanceof SlipwayError)) throw error;
      problems.push(...error.problems);
    }
  }
  if (problems.length > 0) throw new SlipwayError(problems);
  writeFileSync(file, text);
  output.say(`${path}: ${options.images.join(', ')}`);
  return exitCodes.ok;
}

async function pinsPath(environment: string, cwd: string): Promise<string> {
  const fleet = await loadWorkspace(cwd, { pins: 'unchecked' });
  const found = fleet.environments.find((each) => each.name === environment);
  if (found === undefined) throw SlipwayError.of('<environment>', `expected an environment of the fleet, got ${JSON.stringify(environment)}.`, `name one.${didYouMean(environment, fleet.environments.map((each) => each.name))}`);
  return found.images.file ?? `environments/images/${environment}/kustomization.yaml`;
}
