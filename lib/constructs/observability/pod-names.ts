import type { WorkloadKind } from '../scaling/topology-spread.ts';

/** The characters of Kubernetes' own suffixes: no vowels, no 0, 1 and 3, so that one workload's pods aren't taken for another's. */
const suffix = '[bcdfghjklmnpqrstvwxz2456789]';

/** The names of a workload's pods, as PromQL's anchored regular expressions have it. */
export function podNames(name: string, kind: WorkloadKind): RegExp {
  const escaped = name.replaceAll('.', '\\.');
  switch (kind) {
    case 'Deployment':
    case 'Rollout':
      return new RegExp(`${escaped}-${suffix}{1,10}-${suffix}{5}`);
    case 'StatefulSet':
      return new RegExp(`${escaped}-[0-9]+`);
    case 'DaemonSet':
      return new RegExp(`${escaped}-${suffix}{5}`);
    default:
      return unknownKind(kind);
  }
}

function unknownKind(kind: never): never {
  throw new TypeError(`unknown kind of workload: ${JSON.stringify(kind)}`);
}
