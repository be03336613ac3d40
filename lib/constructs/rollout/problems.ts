import { keptGenerations } from '../../manifests/content-hashed.ts';
import { fieldPath } from '../../model/schema.ts';
import type { Problem } from '../../values/errors.ts';
import type { AppChart } from '../app-chart.ts';
import type { PythonAppProps } from '../python-app/props.ts';
import type { SoundProps } from '../python-app/sound-props.ts';
import { historyOf } from '../python-app/workload.ts';
import type { PodPort, WorkloadIdentity } from '../workload-identity.ts';
import { useProblems } from './analysis-problems.ts';
import { canaryProblems } from './canary-problems.ts';
import type { RolloutOptions } from './rollout-options.ts';
import { migrationProblems } from './migration.ts';
import { planRollout } from './plan.ts';
import { serviceProblems } from './service-problems.ts';

type Sound = SoundProps<PythonAppProps>;

/** Old versions that Argo Rollouts keeps, and how long it waits for progress, unless it is told otherwise. */
const upstream = { history: 10, progressDeadlineSeconds: 600 };

/** What is wrong with a rollout: between its options, with the app, and with the router and the analyses that it uses. */
export function rolloutProblems(chart: AppChart, identity: WorkloadIdentity, sound: Sound, podPorts: readonly PodPort[]): Problem[] {
  const { props, where, isFaulty } = sound;
  const { rollout } = props;
  if (rollout === undefined) return [];
  const own = [...placeProblems(sound), ...revisionProblems(rollout, sound), ...deadlineProblems(sound), ...migrationProblems(props, where)];
  // Without sound ports and Services nothing can be said about what leads to the versions.
  if ((['expose', 'port', 'ports', 'service'] as const).some(isFaulty) || (isFaulty('server') && props.port === undefined)) return own;
  const plan = planRollout(chart, identity, props, rollout, podPorts);
  return [
    ...own,
    ...canaryProblems(plan, props, where),
    ...serviceProblems(plan, identity, props, podPorts, where),
    ...useProblems(plan, where),
  ];
}

/** A Rollout stands in for a Deployment and replaces pods in its own way. */
function placeProblems({ props: { workload = 'deployment', strategy }, where }: Sound): Problem[] {
  return [
    ...(workload === 'deployment' ? [] : [{ where: `${where}: rollout`, message: `expected no rollout on a ${workload}, got one`, fix: 'leave it out, or say workload: \'deployment\'' }]),
    ...(strategy === undefined ? [] : [{ where: `${where}: strategy`, message: 'expected a strategy or a rollout, got both', fix: 'leave the strategy out: canary() and blueGreen() say how pods are replaced' }]),
  ];
}

/** A version that is no longer kept can neither be returned to at once nor stay. */
function revisionProblems(rollout: RolloutOptions, { props, where, isFaulty }: Sound): Problem[] {
  if (isFaulty('revisionHistoryLimit')) return [];
  const kept = historyOf(props) ?? upstream.history;
  const { rollbackWindow = false, scaleDownDelayRevisionLimit = 0 } = rollout;
  const told = (field: string, wanted: number): Problem[] => (wanted <= kept ? [] : [{
    where: fieldPath(where, ['rollout', field]),
    message: `expected no more than the ${kept} old versions that are kept, got ${wanted}`,
    fix: `say revisionHistoryLimit: ${wanted}, or fewer versions here`,
  }]);
  return [...told('rollbackWindow', rollbackWindow === false ? 0 : rollbackWindow), ...windowProblems(rollout, { props, where, isFaulty }), ...told('scaleDownDelayRevisionLimit', scaleDownDelayRevisionLimit)];
}

/** Every version inside the window finds the config that it mounts: publish keeps as many. */
function windowProblems({ rollbackWindow = false }: RolloutOptions, { props, where }: Sound): Problem[] {
  const hashed = props.config !== undefined || props.configFiles !== undefined;
  if (rollbackWindow === false || rollbackWindow < keptGenerations || !hashed) return [];
  return [{
    where: fieldPath(where, ['rollout', 'rollbackWindow']),
    message: `expected at most ${keptGenerations - 1} versions, whose config publish keeps in any case, got ${rollbackWindow}`,
    fix: 'say fewer: a version whose ConfigMap is gone can\'t start a pod',
  }];
}

function deadlineProblems({ props: { progressDeadlineSeconds, minReadySeconds = 0 }, where, isFaulty }: Sound): Problem[] {
  const deadline = progressDeadlineSeconds ?? upstream.progressDeadlineSeconds;
  if (isFaulty('progressDeadlineSeconds') || isFaulty('minReadySeconds') || deadline > minReadySeconds) return [];
  return [{ where: `${where}: progressDeadlineSeconds`, message: `expected more than minReadySeconds (${minReadySeconds}), got ${deadline}${progressDeadlineSeconds === undefined ? ', the usual' : ''}`, fix: 'say a longer deadline' }];
}
