import { dns1035Problem, dnsLabelProblem } from '../../values/names.ts';
import { fieldPath } from '../../model/schema.ts';
import type { Problem } from '../../values/errors.ts';
import type { AppChart } from '../app-chart.ts';
import { exposeProblems, serviceProblems } from '../network/service-problems.ts';
import { monitorProblems } from '../observability/monitor.ts';
import { rolloutProblems } from '../rollout/problems.ts';
import { disruptionBudgetProblems } from '../scaling/disruption-budget.ts';
import type { WorkloadIdentity } from '../workload-identity.ts';
import { identityOf } from './identity.ts';
import type { PodPlan } from './pod-plan.ts';
import type { PythonAppProps } from './props.ts';
import { servicesOf } from './services.ts';
import type { SoundProps } from './sound-props.ts';
import { replicasOf } from './workload.ts';

type Sound = SoundProps<PythonAppProps>;

/** What is wrong between the fields of a PythonApp, beside its pods. */
export function appCheckProblems(chart: AppChart, id: string, sound: Sound, plan: PodPlan): Problem[] {
  const identity = identityOf(chart.context, id, sound.props);
  return [
    ...nameProblems(id, identity, sound),
    ...labelProblems(identity, sound),
    ...workloadProblems(sound),
    ...reachProblems(sound, plan),
    ...scaleProblems(sound),
    ...rolloutProblems(chart, identity, sound, plan.ports),
  ];
}

/** A StatefulSet's name with a hash of ten digits is a label of its pods. */
const statefulNameLength = 52;

function nameProblems(id: string, { name }: WorkloadIdentity, { props, isFaulty, where }: Sound): Problem[] {
  if (isFaulty('name')) return [];
  const at = props.name === undefined ? where : `${where}: name`;
  const fix = props.name === undefined ? 'give the construct another id, or a name' : 'choose another name';
  const badId = props.name === undefined || props.bare === true ? undefined : dnsLabelProblem(id);
  if (badId !== undefined) return [{ where, message: `id: ${badId}`, fix: 'give the construct another id' }];
  const message = dns1035Problem(name);
  if (message !== undefined) return [{ where: at, message: `name: ${message}`, fix }];
  if (props.workload !== 'statefulSet' || name.length <= statefulNameLength) return [];
  return [{ where: at, message: `expected a name of at most ${statefulNameLength} characters for a StatefulSet, got ${JSON.stringify(name)} (${name.length} characters)`, fix }];
}

function labelProblems({ selector }: WorkloadIdentity, { props, isFaulty, where }: Sound): Problem[] {
  if (props.bare === true && props.labels === undefined && !isFaulty('labels')) {
    return [{ where: `${where}: labels`, message: 'expected the labels of a bare app, got nothing', fix: 'say the labels that its objects have' }];
  }
  const problems = Object.entries(selector).flatMap(([key, value]) => (['podLabels', 'labels'] as const).flatMap((field) => {
    const said = props[field]?.[key];
    return said === undefined || said === value ? [] : [{ where: fieldPath(where, [field, key]), message: `expected ${JSON.stringify(value)}, by which the pods are selected, got ${JSON.stringify(said)}`, fix: 'leave it out, or say another selector' }];
  }));
  if (Object.keys(selector).length === 0 && props.selector !== undefined) problems.push({ where: `${where}: selector`, message: 'expected at least one label, got none', fix: 'say by which labels the pods are selected' });
  return problems;
}

function workloadProblems({ props, isFaulty, where }: Sound): Problem[] {
  if (isFaulty('workload')) return [];
  const workload = props.workload ?? 'deployment';
  const misplaced = (field: keyof PythonAppProps & string, allowed: boolean, what: string): Problem[] => props[field] === undefined || allowed
    ? []
    : [{ where: `${where}: ${field}`, message: `expected no ${field} on a ${workload}, got one`, fix: what }];
  return [
    ...misplaced('statefulSet', workload === 'statefulSet', 'leave it out, or say workload: \'statefulSet\''),
    ...misplaced('replicas', workload !== 'daemonSet', 'leave it out: a daemonSet has a pod on every node'),
    ...misplaced('autoscale', workload !== 'daemonSet', 'leave it out: a daemonSet has a pod on every node'),
    ...misplaced('progressDeadlineSeconds', workload === 'deployment', 'leave it out: only a deployment has it'),
    ...(props.volumes ?? []).flatMap((volume, index) => volume.claimTemplate === undefined || workload === 'statefulSet'
      ? []
      : [{ where: fieldPath(where, ['volumes', index]), message: `expected no claim for each pod on a ${workload}, got one`, fix: 'say workload: \'statefulSet\', or use existingClaim()' }]),
  ];
}

function reachProblems({ props, isFaulty, where }: Sound, plan: PodPlan): Problem[] {
  // Without sound ports nothing can be said about what leads to them.
  if (isFaulty('port') || isFaulty('ports') || (isFaulty('server') && props.port === undefined)) return [];
  const problems: Problem[] = [];
  const portless = plan.ports.length === 0;
  if (portless && props.service !== undefined && props.service !== false) problems.push({ where: `${where}: service`, message: 'expected an app with a port behind the Service, got none', fix: 'give the app a port' });
  if (props.expose !== undefined && !isFaulty('service') && (props.service === undefined || props.service === false) && servicesOf(props, plan.ports).length === 0) {
    problems.push({ where: `${where}: expose`, message: 'expected an app with a Service to expose, got none', fix: portless ? 'give the app a port' : 'give the app a service' });
  }
  problems.push(...targetProblems(props, plan, where));
  const services = servicesOf(props, plan.ports);
  if (props.expose !== undefined && !isFaulty('expose') && !isFaulty('service') && services.length > 0 && !portless) problems.push(...exposeProblems(props.expose, services, plan.ports, `${where}: expose`));
  if (props.monitoring !== undefined) problems.push(...monitorProblems(props.monitoring, plan.ports, `${where}: monitoring`).map((problem) => ({ ...problem, where: problem.where.replace('monitoring: ', 'monitoring.') })));
  return problems;
}

/** Services that don't fit the pods' ports, and several Services of one name. */
function targetProblems(props: Partial<PythonAppProps>, plan: PodPlan, where: string): Problem[] {
  if (plan.ports.length === 0 || props.service === undefined || props.service === false) return [];
  const problems: Problem[] = [];
  const names = new Set<string | undefined>();
  for (const [index, service] of servicesOf(props, plan.ports).entries()) {
    const at: PropertyKey[] = Array.isArray(props.service) ? ['service', index] : ['service'];
    if (names.has(service.name)) problems.push({ where: fieldPath(where, [...at, 'name']), message: `expected a name of its own for each Service, got ${service.name === undefined ? 'the app\'s name' : JSON.stringify(service.name)} a second time`, fix: 'name it otherwise' });
    names.add(service.name);
    problems.push(...serviceProblems(service, plan.ports, fieldPath(where, at)));
  }
  return problems;
}

function scaleProblems({ props, isFaulty, where }: Sound): Problem[] {
  const problems: Problem[] = [];
  if (props.replicas !== undefined && props.autoscale !== undefined) problems.push({ where: `${where}: replicas`, message: 'expected a number of pods or an autoscaler, got both', fix: 'leave replicas out: autoscale has min and max' });
  if (isFaulty('replicas') || isFaulty('autoscale') || isFaulty('workload') || props.disruptionBudget === undefined || props.disruptionBudget === false) return problems;
  const budget = disruptionBudgetProblems(props.disruptionBudget, replicasOf(props as PythonAppProps) ?? 1, `${where}: disruptionBudget`);
  return [...problems, ...budget.map((problem) => ({ ...problem, where: problem.where.replace('disruptionBudget: ', 'disruptionBudget.') }))];
}
