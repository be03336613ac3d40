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
  const { path, digests, images } = await pinsOf(options.environment, cwd);
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
    if (!images.has(parsed[1])) {
      problems.push({ where: each, message: `expected an image of an app that runs in ${options.environment}, got ${JSON.stringify(parsed[1])}.`, fix: `name one, or write the app first.${didYouMean(parsed[1], images)}` });
      continue;
    }
    if (digests === 'required' && parsed[4] === undefined) {
      problems.push({ where: `${path}: ${parsed[1]}`, message: `expected a digest, which ${options.environment} requires, got the tag alone`, fix: `pass ${parsed[1]}=<tag>@sha256:<digest>, or allow tags alone with images: { digests: 'optional' } in the environment` });
      continue;
    }
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

/** Where the pins of an environment stand, and what they may say. */
interface Pins {
  readonly path: string;
  readonly digests: 'required' | 'optional';
  /** The images of the apps that run there. */
  readonly images: ReadonlySet<string>;
}

async function pinsOf(environment: string, cwd: string): Promise<Pins> {
  const fleet = await loadWorkspace(cwd, { pins: 'unchecked' });
  const found = fleet.environments.find((each) => each.name === environment);
  if (found === undefined) throw SlipwayError.of('<environment>', `expected an environment of the fleet, got ${JSON.stringify(environment)}.`, `name one.${didYouMean(environment, fleet.environments.map((each) => each.name))}`);
  return {
    path: found.images.file ?? `environments/images/${environment}/kustomization.yaml`,
    digests: found.images.digests,
    images: new Set(fleet.apps.filter((app) => app.environments.includes(environment)).flatMap((app) => Object.values(app.images))),
  };
}
