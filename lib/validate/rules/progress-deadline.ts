import type { UnitRule } from '../rule.ts';
import { dig, record } from '../schemas/plain.ts';
import { podsOf, rolloutKind } from '../scope/rollout.ts';
import type { Container } from '../scope/workload.ts';

const defaultDeadline = 600;

/** A pod has the time that its own probes give it, before the rollout is taken for stuck. */
export const progressDeadline: UnitRule = {
  id: 'progress-deadline',
  scope: 'unit',
  severity: 'error',
  title: 'A Rollout waits at least as long for its pods as their probes do',
  fix: 'raise progressDeadlineSeconds, or let the probes give up sooner',
  check(landing, report) {
    for (const rollout of landing.ofKind(rolloutKind)) {
      const said = dig(rollout.value, 'spec', 'progressDeadlineSeconds');
      const deadline = typeof said === 'number' ? said : defaultDeadline;
      const ready = seconds(dig(rollout.value, 'spec'), 'minReadySeconds', 0);
      const slowest = (podsOf(rollout, landing)?.containers ?? []).filter(({ role }) => role !== 'init').map((container) => ({ container, time: startTime(container) })).sort((a, b) => b.time - a.time)[0];
      if (slowest === undefined || slowest.time + ready <= deadline || slowest.time === 0) continue;
      const { container, time } = slowest;
      report(rollout, {
        field: 'spec.progressDeadlineSeconds',
        message: `expected at least ${time + ready}: the probes of ${container.name} give it ${time}s to get ready${ready > 0 ? `, and minReadySeconds adds ${ready}` : ''}; got ${deadline}${said === undefined ? ' (when not said)' : ''}, after which the rollout is ${dig(rollout.value, 'spec', 'progressDeadlineAbort') === true ? 'aborted' : 'degraded'}`,
      });
    }
  },
};

/** How long a container may take to get ready by its startup probe, and by the delay of its readiness probe, in seconds. */
function startTime({ value }: Container): number {
  const startup = record(value, 'startupProbe');
  const start = startup === undefined ? 0 : seconds(startup, 'initialDelaySeconds', 0) + seconds(startup, 'periodSeconds', 10) * seconds(startup, 'failureThreshold', 3);
  return start + seconds(record(value, 'readinessProbe'), 'initialDelaySeconds', 0);
}

function seconds(holder: unknown, name: string, absent: number): number {
  const value = dig(holder, name);
  return typeof value === 'number' ? value : absent;
}
