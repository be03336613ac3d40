import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { automationHosts, pinsPath } from '../../model/automated-images.ts';
import { setPin } from '../../model/pin-edit.ts';
import { exitCodes, SlipwayError, type Problem } from '../../values/errors.ts';
import { didYouMean } from '../../values/suggest.ts';
import { loadWorkspace } from '../../workspace.ts';
import type { Output } from '../output.ts';
import { markAutomated, markHeld, remark, type PinsAutomation } from '../pin-automation.ts';

/** What `slipway pin` takes. */
export interface PinOptions {
  /** The environment whose pins change. */
  readonly environment: string;
  /** `<image>=<tag>`, `<image>=<tag>@sha256:…` or `<image>=sha256:…`. */
  readonly images: readonly string[];
  /** Images that image automation writes from now on. @default - none */
  readonly automate?: readonly string[];
  /** Images that stay as they are. @default - none */
  readonly hold?: readonly string[];
  /** Why they are held. @default - not said */
  readonly reason?: string;
}

/** Writes versions, holds and automation's markers into an environment's pins file; every other byte of it stays. */
export async function pin(options: PinOptions, cwd: string, output: Output): Promise<number> {
  // Pins may be missing or wrong: this verb is what mends them, so only the file's place is asked of the fleet.
  const pins = await pinsOf(options.environment, cwd);
  const { automate = [], hold = [], images, reason = '' } = options;
  if (images.length + automate.length + hold.length === 0) throw SlipwayError.of('slipway pin', 'expected <image>=<version>, --automate or --hold, got none', 'name what to change');
  const file = join(cwd, pins.path);
  const edit = new PinsEdit(existsSync(file) ? readFileSync(file, 'utf8') : 'apiVersion: kustomize.config.k8s.io/v1beta1\nkind: Kustomization\nimages: []\n');
  for (const each of images) edit.run((text) => versioned(text, each, pins));
  for (const image of automate) edit.run((text) => markAutomated(text, knownImage(image, '--automate', pins), pins));
  for (const image of hold) edit.run((text) => markHeld(text, knownImage(image, '--hold', pins), reason, pins));
  writeFileSync(file, edit.result());
  output.say(`${pins.path}: ${[...images, ...automate.map((image) => `${image} is automated`), ...hold.map((image) => `${image} is held`)].join(', ')}`);
  return exitCodes.ok;
}

/** Edits one after the other; what is wrong with any of them is told together, and then none counts. */
class PinsEdit {
  readonly #problems: Problem[] = [];
  #text: string;

  constructor(text: string) {
    this.#text = text;
  }

  run(edit: (text: string) => string): void {
    try {
      this.#text = edit(this.#text);
    } catch (error) {
      if (!(error instanceof SlipwayError)) throw error;
      this.#problems.push(...error.problems);
    }
  }

  result(): string {
    if (this.#problems.length > 0) throw new SlipwayError(this.#problems);
    return this.#text;
  }
}

/** Where the pins of an environment stand, and what they may say. */
interface Pins extends PinsAutomation {
  readonly digests: 'required' | 'optional';
  /** The images of the apps that run there. */
  readonly images: ReadonlySet<string>;
}

async function pinsOf(environment: string, cwd: string): Promise<Pins> {
  const fleet = await loadWorkspace(cwd, { pins: 'unchecked' });
  const found = fleet.environments.find((each) => each.name === environment);
  if (found === undefined) throw SlipwayError.of('<environment>', `expected an environment of the fleet, got ${JSON.stringify(environment)}.`, `name one.${didYouMean(environment, fleet.environments.map((each) => each.name))}`);
  const { automation, digests } = found.images;
  const writer = automationHosts(found, fleet)[0]?.controller.kind;
  return {
    path: pinsPath(found),
    environment,
    digests,
    images: new Set(fleet.apps.filter((app) => app.environments.includes(environment)).flatMap((app) => Object.values(app.images))),
    excluded: new Set(Object.entries(automation?.images ?? {}).flatMap(([image, newest]) => (newest === false ? [image] : []))),
    ...(automation !== undefined && writer !== undefined && { writer }),
  };
}

function knownImage(image: string, where: string, { images, environment }: Pins): string {
  if (images.has(image)) return image;
  throw SlipwayError.of(where, `expected an image of an app that runs in ${environment}, got ${JSON.stringify(image)}.`, `name one, or write the app first.${didYouMean(image, images)}`);
}

function versioned(text: string, argument: string, pins: Pins): string {
  const parsed = /^([^=]+)=(?:([^@:=]+)|(?:([^@:=]+)@)?(sha256:[^@=]*))$/.exec(argument);
  if (parsed?.[1] === undefined) throw SlipwayError.of(argument, 'expected <image>=<tag>, <image>=<tag>@sha256:<digest> or <image>=sha256:<digest>');
  const [, name] = parsed;
  const tag = parsed[2] ?? parsed[3];
  const image = knownImage(name, argument, pins);
  if (pins.digests === 'required' && parsed[4] === undefined) {
    throw SlipwayError.of(`${pins.path}: ${image}`, `expected a digest, which ${pins.environment} requires, got the tag alone`, `pass ${image}=<tag>@sha256:<digest>, or allow tags alone with images: { digests: 'optional' } in the environment`);
  }
  return remark(setPin(pins.path, text, image, { ...(tag !== undefined && { tag }), ...(parsed[4] !== undefined && { digest: parsed[4] }) }), image, pins);
}
