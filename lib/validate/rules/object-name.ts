import { dns1035Problem, dnsLabelProblem, dnsSubdomainProblem } from '../../values/names.ts';
import type { ObjectRule } from '../rule.ts';
import { dig } from '../schemas/plain.ts';

type Problem = (name: string) => string | undefined;

/** Kinds whose names are narrower, or wider, than a DNS subdomain. */
const byKind: ReadonlyMap<string, Problem> = new Map<string, Problem>([
  ['Namespace', dnsLabelProblem],
  ['Service', dns1035Problem],
  ['apps/StatefulSet', (name) => dnsLabelProblem(name)],
  ['batch/CronJob', (name) => dnsSubdomainProblem(name) ?? atMost(52, name, 'the Jobs that it makes get 11 more')],
  ['batch/Job', (name) => dnsSubdomainProblem(name) ?? atMost(63, name, 'its pods carry it as a label')],
  ['scheduling.k8s.io/PriorityClass', (name) => dnsSubdomainProblem(name) ?? (name.startsWith('system-') ? 'expected a name without the prefix "system-", which is the cluster\'s own' : undefined)],
  ...['Role', 'RoleBinding', 'ClusterRole', 'ClusterRoleBinding'].map((kind): [string, Problem] => [`rbac.authorization.k8s.io/${kind}`, pathSegmentProblem]),
]);

/** The name of an object is one that the API server takes for its kind. */
export const objectName: ObjectRule = {
  id: 'object-name',
  scope: 'object',
  severity: 'error',
  title: 'Every object has a name that its kind allows',
  fix: 'give the object a name of lower case letters, digits and dashes',
  check(object, report) {
    const name = dig(object.value, 'metadata', 'name');
    if (typeof name !== 'string' || name === '') {
      const generated = dig(object.value, 'metadata', 'generateName') !== undefined;
      report(object, { field: 'metadata.name', message: generated ? 'expected a name, got only generateName, which makes a new object at each apply' : 'expected a name, got none' });
      return;
    }
    const problem = (byKind.get(object.kind) ?? dnsSubdomainProblem)(name) ?? indexedProblem(object.value, name);
    if (problem !== undefined) report(object, { field: 'metadata.name', message: problem });
  },
};

/** The pods of an indexed Job are named and addressed by a number after the Job's name. */
function indexedProblem(value: unknown, name: string): string | undefined {
  if (dig(value, 'kind') !== 'Job' || dig(value, 'spec', 'completionMode') !== 'Indexed') return undefined;
  const completions = dig(value, 'spec', 'completions');
  return dnsLabelProblem(`${name}-${typeof completions === 'number' ? Math.max(0, completions - 1) : 0}`);
}

function atMost(length: number, name: string, why: string): string | undefined {
  return name.length <= length ? undefined : `expected at most ${length} characters because ${why}, got ${name.length}`;
}

function pathSegmentProblem(name: string): string | undefined {
  return name === '.' || name === '..' || /[/%]/.test(name) ? `expected a name without "/" and "%" that is neither "." nor "..", got ${JSON.stringify(name)}` : undefined;
}
