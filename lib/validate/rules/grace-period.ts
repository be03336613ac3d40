import type { ObjectRule } from '../rule.ts';
import { dig } from '../schemas/plain.ts';
import { workloadKinds } from '../scope/workload.ts';

/** A pod has time to end after its preStop hook has run. */
export const gracePeriod: ObjectRule = {
  id: 'grace-period',
  scope: 'object',
  severity: 'error',
  kinds: workloadKinds,
  title: 'The grace period outlasts the preStop hook',
  fix: 'raise terminationGracePeriodSeconds above the sleep, with time for the process to end',
  check(object, report) {
    const { workload } = object;
    if (workload === undefined) return;
    const stated = workload.spec['terminationGracePeriodSeconds'];
    const grace = typeof stated === 'number' ? stated : 30;
    for (const { value, field } of workload.containers) {
      const sleep = dig(value, 'lifecycle', 'preStop', 'sleep', 'seconds') ?? sleepOf(dig(value, 'lifecycle', 'preStop', 'exec', 'command'));
      if (typeof sleep === 'number' && sleep >= grace && sleep > 0) {
        report(object, { field: `${field}.lifecycle.preStop`, message: `expected less than the grace period of ${grace} s, got a sleep of ${sleep} s: the process would be killed without a signal to end` });
      }
    }
  },
};

/** The seconds of `sleep 5` and of `sh -c "sleep 5"`. */
function sleepOf(command: unknown): number | undefined {
  if (!Array.isArray(command)) return undefined;
  const match = /(?:^|\s)(?:\S*\/)?sleep\s+(\d+(?:\.\d+)?)s?$/.exec(command.join(' ').trim());
  return match === null ? undefined : Number(match[1]);
}
