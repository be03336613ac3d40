import type { WorkloadKind } from '../scaling/topology-spread.ts';

/** The characters of Kubernetes' own suffixes: no vowels, no 0, 1 and 3, so that one workload's pods aren't taken for another's. */
const suffix = '[bcdfghjklmnpqrstvwxz2456789]';

/** Kubernetes cuts what stands before a pod's own five characters to this length. */
const longestPrefix = 58;

/** The names of a workload's pods, as PromQL's anchored regular expressions have it. */
export function podNames(name: string, kind: WorkloadKind): RegExp {
  const escaped = name.replaceAll('.', '\\.');
  switch (kind) {
    case 'Deployment':
    case 'Rollout':
      return generated(name, `${escaped}-${suffix}{1,10}-${suffix}{5}`, '-0123456789-'.length);
    case 'StatefulSet':
      return new RegExp(`${escaped}-[0-9]+`);
    case 'DaemonSet':
      return generated(name, `${escaped}-${suffix}{5}`, '-'.length);
    default:
      return unknownKind(kind);
  }
}

/** The exact form where a name is never cut, else what is left of it. */
function generated(name: string, exact: string, more: number): RegExp {
  if (name.length + more <= longestPrefix) return new RegExp(exact);
  return new RegExp(`${name.slice(0, longestPrefix).replaceAll('.', '\\.')}[a-z0-9-]*`);
}

function unknownKind(kind: never): never {
  throw new TypeError(`unknown kind of workload: ${JSON.stringify(kind)}`);
}
