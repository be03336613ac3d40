import type { KubeObject } from '../../manifests/rendered.ts';
import { parseDuration } from '../../values/duration.ts';
import { SlipwayError, throwProblems, type Problem } from '../../values/errors.ts';
import type { Metric } from '../analysis/metric.ts';
import { readMetrics } from '../analysis/read.ts';
import { canaryReplicas, surgeOf, weightOf } from '../replica-counts.ts';
import { fieldsAt, listAt, textAt, type Fields } from '../../values/fields.ts';
import { wholeNumber } from '../whole-number.ts';

/** One thing that a rollout does after the other. */
export type PlannedStep =
  /** The new version gets this share of the traffic; `pods` says whether pods have to start for it. */
  | { readonly kind: 'weight'; readonly weight: number; readonly label: string; readonly pods: boolean }
  /** Nothing happens for a while; without a duration until a person goes on. */
  | { readonly kind: 'pause'; readonly duration?: number; readonly label: string }
  | { readonly kind: 'analysis'; readonly metrics: readonly Metric[]; readonly label: string }
  /** Something that takes no time and moves no traffic by weight. */
  | { readonly kind: 'route'; readonly label: string };

/** What a Rollout will do with a new version, read from the rendered objects. */
export interface RolloutPlan {
  readonly name: string;
  readonly strategy: 'canary' | 'blueGreen';
  readonly steps: readonly PlannedStep[];
  /** Runs beside the steps. @default - none */
  readonly background?: { readonly metrics: readonly Metric[]; readonly fromStep: number };
  /** Every metric, each name once. */
  readonly metrics: readonly Metric[];
}

/** Reads a Rollout and the AnalysisTemplates beside it. Fails with everything that can't be simulated. */
export function planRollout(rollout: KubeObject, objects: readonly KubeObject[]): RolloutPlan {
  const problems: Problem[] = [];
  const reader = new PlanReader(rollout, objects, problems);
  const plan = reader.read();
  throwProblems(problems);
  return plan;
}

class PlanReader {
  readonly #rollout: KubeObject;
  readonly #objects: readonly KubeObject[];
  readonly #problems: Problem[];
  readonly #spec: Fields;

  constructor(rollout: KubeObject, objects: readonly KubeObject[], problems: Problem[]) {
    this.#rollout = rollout;
    this.#objects = objects;
    this.#problems = problems;
    this.#spec = fieldsAt(rollout['spec']);
  }

  read(): RolloutPlan {
    const strategy = fieldsAt(this.#spec['strategy']);
    const name = this.#rollout.metadata?.name ?? '';
    if (strategy['blueGreen'] !== undefined) return { name, strategy: 'blueGreen', ...withMetrics(this.#blueGreen(fieldsAt(strategy['blueGreen'])), undefined) };
    const canary = fieldsAt(strategy['canary']);
    const steps = listAt(canary['steps']).flatMap((step, index) => this.#step(fieldsAt(step), canary, index) ?? []);
    // At the end of its steps a canary gets everything.
    steps.push({ kind: 'weight', weight: 100, label: 'promote to 100 %', pods: true });
    return { name, strategy: 'canary', ...withMetrics(steps, this.#background(canary)) };
  }

  #step(step: Fields, canary: Fields, index: number): PlannedStep | undefined {
    const field = `spec.strategy.canary.steps[${index}]`;
    const [kind] = Object.keys(step);
    switch (kind) {
      case 'setWeight': return this.#weight(wholeNumber(step['setWeight']) ?? 0, canary);
      case 'setCanaryScale': return { kind: 'route', label: 'scale the canary' };
      case 'pause': return this.#pause(fieldsAt(step['pause']), `${field}.pause.duration`);
      case 'analysis': return { kind: 'analysis', label: 'analyse', metrics: this.#metrics(step['analysis'], `${field}.analysis`) };
      case 'setHeaderRoute': return { kind: 'route', label: `route by header ${textAt(fieldsAt(step['setHeaderRoute'])['name']) ?? ''}` };
      case 'setMirrorRoute': return { kind: 'route', label: `mirror by ${textAt(fieldsAt(step['setMirrorRoute'])['name']) ?? ''}` };
      default:
        this.#problems.push({ where: field, message: `cannot simulate a step of ${kind ?? 'nothing'}`, fix: 'try it on a real controller: Slipway never guesses what a step does that it doesn\'t know' });
        return undefined;
    }
  }

  /** Without a traffic router a weight is a number of pods, and what they make of it. */
  #weight(weight: number, canary: Fields): PlannedStep {
    if (canary['trafficRouting'] !== undefined) return { kind: 'weight', weight, label: `set weight ${weight} %`, pods: true };
    const replicas = wholeNumber(this.#spec['replicas']) ?? 1;
    const surge = canary['maxSurge'] as number | string | undefined;
    const reached = weightOf(canaryReplicas(replicas, weight, surgeOf(replicas, surge)));
    const shown = Math.round(reached * 10) / 10;
    return { kind: 'weight', weight: reached, label: shown === weight ? `set weight ${weight} %` : `set weight ${weight} % (${shown} % by pods)`, pods: true };
  }

  #pause(pause: Fields, where: string): PlannedStep | undefined {
    const said = pause['duration'];
    if (said === undefined || said === null) return { kind: 'pause', label: 'pause until a person goes on' };
    const seconds = wholeNumber(said);
    const duration = seconds === undefined ? parseDuration(String(said)) : seconds * 1000;
    if (duration === undefined) {
      this.#problems.push({ where, message: `expected a duration such as 5m, got ${JSON.stringify(said)}` });
      return undefined;
    }
    return { kind: 'pause', duration, label: `pause ${String(said)}${seconds === undefined ? '' : 's'}` };
  }

  #background(canary: Fields): RolloutPlan['background'] {
    const analysis = fieldsAt(canary['analysis']);
    if (listAt(analysis['templates']).length === 0) return undefined;
    return { metrics: this.#metrics(analysis, 'spec.strategy.canary.analysis'), fromStep: wholeNumber(analysis['startingStep']) ?? 0 };
  }

  #blueGreen(blueGreen: Fields): PlannedStep[] {
    const steps: PlannedStep[] = [{ kind: 'weight', weight: 0, label: 'start the preview', pods: true }];
    if (blueGreen['prePromotionAnalysis'] !== undefined) steps.push({ kind: 'analysis', label: 'analyse before promotion', metrics: this.#metrics(blueGreen['prePromotionAnalysis'], 'spec.strategy.blueGreen.prePromotionAnalysis') });
    const delay = wholeNumber(blueGreen['autoPromotionSeconds']) ?? 0;
    if (blueGreen['autoPromotionEnabled'] === false) steps.push({ kind: 'pause', label: 'pause until a person promotes' });
    else if (delay > 0) steps.push({ kind: 'pause', duration: delay * 1000, label: `pause ${delay}s` });
    steps.push({ kind: 'weight', weight: 100, label: 'switch to the new version', pods: false });
    if (blueGreen['postPromotionAnalysis'] !== undefined) steps.push({ kind: 'analysis', label: 'analyse after promotion', metrics: this.#metrics(blueGreen['postPromotionAnalysis'], 'spec.strategy.blueGreen.postPromotionAnalysis') });
    return steps;
  }

  #metrics(use: unknown, field: string): Metric[] {
    const templates = listAt(fieldsAt(use)['templates']).map((each) => fieldsAt(each)).flatMap((reference) => {
      const name = textAt(reference['templateName']) ?? '';
      const kind = reference['clusterScope'] === true ? 'ClusterAnalysisTemplate' : 'AnalysisTemplate';
      const found = this.#objects.find((object) => object.kind === kind && object.metadata?.name === name);
      if (found === undefined) this.#problems.push({ where: field, message: `expected ${kind} ${JSON.stringify(name)} among what the app renders, got none`, fix: 'render the template with the app: only then is it known what the analysis does' });
      return found ?? [];
    });
    return readMetrics({ field, templates, args: listAt(fieldsAt(use)['args']), dryRun: listAt(fieldsAt(use)['dryRun']) }, this.#problems);
  }
}

function withMetrics(steps: readonly PlannedStep[], background: RolloutPlan['background']): Pick<RolloutPlan, 'background' | 'metrics' | 'steps'> {
  const all = [...steps.flatMap((step) => (step.kind === 'analysis' ? step.metrics : [])), ...(background?.metrics ?? [])];
  return { steps, ...(background !== undefined && { background }), metrics: [...new Map(all.map((metric) => [metric.name, metric])).values()] };
}

/** The one Rollout among objects, or the one of a name. Fails naming those that there are. */
export function rolloutAmong(objects: readonly KubeObject[], name: string | undefined, where: string): KubeObject {
  const rollouts = objects.filter((object) => object.kind === 'Rollout' && object.apiVersion.startsWith('argoproj.io/'));
  const found = name === undefined ? rollouts : rollouts.filter((rollout) => rollout.metadata?.name === name);
  const [only, second] = found;
  if (only !== undefined && second === undefined) return only;
  const names = rollouts.map((rollout) => rollout.metadata?.name ?? '').sort();
  if (rollouts.length === 0) throw SlipwayError.of(where, 'expected a Rollout among what it renders, got none', 'only a Rollout has steps to simulate: a Deployment replaces its pods as they get ready');
  throw SlipwayError.of(where, `expected ${name === undefined ? 'one Rollout' : `a Rollout named ${JSON.stringify(name)}`}, got ${names.join(', ')}`, 'name one with --rollout');
}
