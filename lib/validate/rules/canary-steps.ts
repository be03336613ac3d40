import { wholeNumber } from '../../rollouts/whole-number.ts';
import { durationProblem } from '../../values/duration.ts';
import { didYouMean } from '../../values/suggest.ts';
import type { ObjectRule } from '../rule.ts';
import { dig, isRecord, list, record, text } from '../schemas/plain.ts';
import { canaryOf, canarySteps, rolloutKind, type CanaryStepObject } from '../scope/rollout.ts';

type Say = (field: string, message: string, fix?: string) => void;
type Fields = Readonly<Record<string, unknown>>;

/** Steps do what they say: what a router can't do is refused when the Rollout is read, or ignored without a word. */
export const canaryStepsRule: ObjectRule = {
  id: 'canary-steps',
  scope: 'object',
  severity: 'error',
  kinds: [rolloutKind],
  title: 'The steps of a canary are ones that its traffic router can take, with weights that rise',
  fix: 'mend the step, or share the traffic by a router that can do it',
  check(object, report) {
    const routing = record(canaryOf(object.value), 'trafficRouting');
    const say: Say = (field, message, fix) => report(object, { field, message, ...(fix !== undefined && { fix }) });
    let heaviest = 0;
    for (const { value, field } of canarySteps(object.value)) {
      const weight = wholeNumber(value['setWeight']);
      if (weight !== undefined) {
        if (weight < heaviest) say(`${field}.setWeight`, `expected at least ${heaviest}, the weight before it, got ${weight}: traffic would go back to the running version in the middle of the rollout`, 'order the weights so that they rise; an abort sets them back by itself');
        heaviest = Math.max(heaviest, weight);
      }
      checkPause(value, field, say);
      if (isRecord(value['setCanaryScale'])) checkScale(value['setCanaryScale'], `${field}.setCanaryScale`, routing, say);
      for (const name of ['setHeaderRoute', 'setMirrorRoute'] as const) if (isRecord(value[name])) checkRoute(name, value[name], `${field}.${name}`, routing, say);
      if (isRecord(value['experiment'])) checkExperiment(value['experiment'], `${field}.experiment`, routing, say);
    }
  },
};

function checkPause({ pause }: CanaryStepObject['value'], field: string, say: Say): void {
  const duration = dig(pause, 'duration');
  if (duration === undefined || duration === null) return;
  const seconds = wholeNumber(duration);
  if (seconds === undefined) {
    const problem = durationProblem(String(duration));
    if (problem !== undefined) say(`${field}.pause.duration`, problem);
  } else if (seconds < 0) say(`${field}.pause.duration`, `expected at least 0 seconds, got ${seconds}`);
}

function checkScale(scale: Fields, field: string, routing: Fields | undefined, say: Say): void {
  if (routing === undefined) say(field, 'expected no scale without trafficRouting, got one: without a router the weight is the number of pods', 'take the step out, or share the traffic by a router');
  const ways = ['matchTrafficWeight', 'replicas', 'weight'].filter((name) => scale[name] !== undefined && scale[name] !== false);
  if (ways.length !== 1) say(field, `expected one of matchTrafficWeight: true, replicas, weight, got ${ways.join(' and ') || 'none'}`);
}

/** Routers that can route by header, and mirror. A plugin says for itself what it can. */
const able = { setHeaderRoute: ['alb', 'apisix', 'istio', 'plugins'], setMirrorRoute: ['istio', 'plugins'] } as const;

function checkRoute(kind: keyof typeof able, route: Fields, field: string, routing: Fields | undefined, say: Say): void {
  const routers = Object.keys(routing ?? {}).filter((name) => isRecord(routing?.[name]) && Object.keys(record(routing, name) ?? {}).length > 0);
  const can: readonly string[] = able[kind];
  if (!routers.some((router) => can.includes(router))) say(field, `expected a traffic router that can (${can.join(', ')}), got ${routers.join(', ') || 'none'}`);
  const managed = list(routing, 'managedRoutes').flatMap((each) => text(each, 'name') ?? []);
  const name = text(route, 'name') ?? '';
  if (routing !== undefined && !managed.includes(name)) {
    say(`${field}.name`, `expected a name of spec.strategy.canary.trafficRouting.managedRoutes, got ${JSON.stringify(name)}.${didYouMean(name, managed)}`, `list it under managedRoutes: - name: ${name}`);
  }
  const exactOnly = kind === 'setHeaderRoute' && record(routing, 'alb') !== undefined;
  for (const [index, match] of list(route, 'match').entries()) {
    const place = `${field}.match[${index}]`;
    const values: [unknown, string][] = kind === 'setHeaderRoute' ? [[dig(match, 'headerValue'), `${place}.headerValue`]]
      : [...(['method', 'path'] as const).flatMap((each): [unknown, string][] => (dig(match, each) === undefined ? [] : [[dig(match, each), `${place}.${each}`]])), ...Object.entries(record(match, 'headers') ?? {}).map(([header, value]): [unknown, string] => [value, `${place}.headers[${JSON.stringify(header)}]`])];
    for (const [value, at] of values) checkMatch(value, at, exactOnly, say);
  }
}

function checkMatch(value: unknown, field: string, exactOnly: boolean, say: Say): void {
  const said = ['exact', 'prefix', 'regex'].filter((name) => text(value, name) !== undefined);
  if (exactOnly && said.join() !== 'exact') say(field, `expected exact alone, which is all that an AWS load balancer knows, got ${said.join(' and ') || 'none'}`);
  else if (said.length !== 1) say(field, `expected one of exact, prefix, regex, got ${said.join(' and ') || 'none'}`);
}

function checkExperiment(experiment: Fields, field: string, routing: Fields | undefined, say: Say): void {
  const weighing = ['alb', 'istio', 'plugins', 'smi'].some((router) => Object.keys(record(routing, router) ?? {}).length > 0);
  const duration = text(experiment, 'duration');
  const problem = duration === undefined ? undefined : durationProblem(duration);
  if (problem !== undefined) say(`${field}.duration`, problem);
  const templates = list(experiment, 'templates');
  if (templates.length === 0) say(`${field}.templates`, 'expected at least one version to run, got none');
  const names = new Set<string>();
  for (const [index, template] of templates.entries()) {
    const place = `${field}.templates[${index}]`;
    const name = text(template, 'name') ?? '';
    if (names.has(name)) say(`${place}.name`, `expected each name once, got ${JSON.stringify(name)} again`);
    names.add(name);
    const of = dig(template, 'specRef');
    if (of !== 'canary' && of !== 'stable') say(`${place}.specRef`, `expected canary or stable, got ${JSON.stringify(of)}`);
    if (dig(template, 'weight') !== undefined && !weighing) say(`${place}.weight`, `expected no weight ${routing === undefined ? 'without trafficRouting' : 'with this router'}, got ${String(dig(template, 'weight'))}: only ALB, Istio, SMI and plugins share traffic with an experiment`, 'take the weight out, or use one of these routers');
  }
  const analyses = list(experiment, 'analyses').flatMap((analysis) => text(analysis, 'name') ?? []);
  for (const name of new Set(analyses.filter((each, index) => analyses.indexOf(each) !== index))) say(`${field}.analyses`, `expected each name once, got ${JSON.stringify(name)} again`);
}
