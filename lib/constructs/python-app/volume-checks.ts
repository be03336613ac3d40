import { fieldPath } from '../../model/schema.ts';
import type { Problem } from '../../values/errors.ts';
import { didYouMean } from '../../values/suggest.ts';
import { isPlusSecret } from '../secret-source.ts';
import type { PodPlan } from './pod-plan.ts';
import type { PodProps } from './pod-props.ts';
import type { SoundProps } from './sound-props.ts';

type Sound = SoundProps<PodProps>;

/** What is wrong with the volumes of a pod and with the mounts of its other containers. */
export function volumeProblems(sound: Sound, plan: PodPlan): Problem[] {
  const { props, where } = sound;
  const problems: Problem[] = [];
  const names = new Set<string>();
  for (const [index, volume] of (props.volumes ?? []).entries()) {
    const at = fieldPath(where, ['volumes', index]);
    const told = (message: string, fix: string): void => {
      problems.push({ where: at, message, fix });
    };
    if (names.has(volume.name)) told(`expected a name of its own, got ${JSON.stringify(volume.name)} a second time`, 'name it otherwise');
    names.add(volume.name);
    const contents = [volume.source, volume.claimTemplate, volume.plus].filter((content) => content !== undefined);
    if (contents.length !== 1) told(`expected one source of its content, got ${contents.length}`, 'make it by emptyDir(), configMapFiles(), secretFiles(), existingClaim(), claimTemplate(), projected(), hostPath() or plusVolume()');
    if (volume.source?.hostPath !== undefined && volume.hostPathReason === undefined) told('expected no folder of the node, which the restricted Pod Security Standard forbids', 'use another volume, or hostPath() with the reason and an app with podSecurity \'privileged\'');
  }
  return [...problems, ...mountProblems(sound, new Set([...names, ...broughtVolumes(sound, plan).keys()]))];
}

/** Mounts of other containers: of volumes that there are, each at a path of its own. */
function mountProblems({ props, where, isFaulty }: Sound, names: ReadonlySet<string>): Problem[] {
  if (isFaulty('volumes') || isFaulty('configFiles') || isFaulty('secrets') || isFaulty('server')) return [];
  return (['initContainers', 'sidecars'] as const).flatMap((field) => (props[field] ?? []).flatMap((container, index) => {
    const paths = new Set<string>();
    return Object.entries(container.mounts ?? {}).flatMap(([volume, path]): Problem[] => {
      const at = fieldPath(where, [field, index, 'mounts', volume]);
      if (!names.has(volume)) return [{ where: at, message: `expected a volume of the pod, got ${JSON.stringify(volume)}.`, fix: `name one.${didYouMean(volume, names)}` }];
      if (paths.has(path)) return [{ where: at, message: `expected a path of its own, got ${path} a second time`, fix: 'mount one elsewhere' }];
      paths.add(path);
      return [];
    });
  }));
}

/** Volumes that the library brings, and what for. */
function broughtVolumes({ props }: Sound, plan: PodPlan): Map<string, string> {
  const brought = new Map<string, string>();
  for (const folder of plan.process?.scratch ?? []) brought.set(folder.name, 'the server');
  if (props.configFiles !== undefined) brought.set('config-files', 'configFiles');
  for (const secret of props.secrets ?? []) {
    if (!isPlusSecret(secret) && secret.mountPath !== undefined) brought.set(`secret-${secret.name}`.slice(0, 63), `secret ${secret.name}`);
  }
  return brought;
}

/** Volumes that the app says and the library brings, under one name or one path. */
export function multiplyMounted(sound: Sound, plan: PodPlan): Problem[] {
  const { props, where } = sound;
  const owners = new Map<string, string>((plan.process?.scratch ?? []).map((folder) => [folder.mountPath, 'the server']));
  const names = broughtVolumes(sound, plan);
  const problems: Problem[] = [];
  const mount = (path: string | undefined, owner: string, at: string): void => {
    if (path === undefined) return;
    const first = owners.get(path);
    if (first === undefined) owners.set(path, owner);
    else problems.push({ where: at, message: `expected a path of its own, got ${path}, which ${first} has`, fix: 'mount one elsewhere' });
  };
  mount(props.configFiles?.mountPath, 'configFiles', `${where}: configFiles.mountPath`);
  for (const [index, secret] of (props.secrets ?? []).entries()) {
    if (isPlusSecret(secret) || secret.mountPath === undefined) continue;
    mount(secret.mountPath, `secret ${secret.name}`, fieldPath(where, ['secrets', index, 'mountPath']));
  }
  if (![...owners.keys(), ...(props.volumes ?? []).map((volume) => volume.mountPath)].includes('/tmp')) names.set('tmp', 'the folder for temporary files');
  for (const [index, volume] of (props.volumes ?? []).entries()) {
    const owner = names.get(volume.name);
    if (owner !== undefined) problems.push({ where: fieldPath(where, ['volumes', index, 'name']), message: `expected a name of its own, got ${JSON.stringify(volume.name)}, which ${owner} has`, fix: 'name it otherwise' });
    mount(volume.mountPath, `volume ${volume.name}`, fieldPath(where, ['volumes', index, 'mountPath']));
  }
  return problems;
}
