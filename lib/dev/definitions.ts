import { crdSources, installCrds } from '../control-plane/crds.ts';
import type { Plane } from '../control-plane/plane.ts';
import { runOk } from '../control-plane/run-program.ts';
import type { BootstrapOrder } from './messages.ts';
import type { DevPlace } from './place.ts';

/** An object's API version and kind. */
interface Typed {
  readonly apiVersion: string;
  readonly kind: string;
}

/** Installs the definitions that a cluster has without Git, as far as a commit of the runtime repo uses them and they can be had. */
export async function installDefinitions(plane: Plane, place: DevPlace, { existingDefinitions }: Pick<BootstrapOrder, 'existingDefinitions'>, commit: string): Promise<void> {
  const existing = new Set(existingDefinitions.map((each) => each.split('/')[0] ?? each));
  const used = await typesIn(place, commit);
  await installCrds(plane, used.filter(({ apiVersion }) => existing.has(groupOf(apiVersion)) && Object.hasOwn(crdSources, groupOf(apiVersion))));
}

/** The groups that a cluster has without Git and whose definitions can't be had here, sorted. */
export function unknownDefinitions(existingDefinitions: readonly string[]): string[] {
  return [...new Set(existingDefinitions.map((each) => each.split('/')[0] ?? each))].filter((group) => !Object.hasOwn(crdSources, group)).sort();
}

/** Every API version and kind in the YAML of the apps and clusters of a commit: each file holds one object, its first lines say so. */
async function typesIn(place: DevPlace, commit: string): Promise<Typed[]> {
  const { stdout } = await runOk('git', ['grep', '-h', '-E', '^(apiVersion|kind): ', commit, '--', 'apps', 'clusters'], { cwd: place.runtime });
  const lines = stdout.split('\n');
  const found = new Map<string, Typed>();
  for (const [index, line] of lines.entries()) {
    const [apiVersion, kind] = [/^apiVersion: "?([^"\s]+)/.exec(line)?.[1], /^kind: "?([^"\s]+)/.exec(lines[index + 1] ?? '')?.[1]];
    if (apiVersion !== undefined && kind !== undefined) found.set(`${apiVersion} ${kind}`, { apiVersion, kind });
  }
  return [...found.values()];
}

function groupOf(apiVersion: string): string {
  return apiVersion.slice(0, Math.max(0, apiVersion.indexOf('/')));
}
