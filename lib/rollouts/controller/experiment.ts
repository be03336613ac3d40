import { AnalysisRun, type AnalysisPlan } from '../analysis/run.ts';
import { isBad, isCompleted, isWorse, type Phase } from '../analysis/phase.ts';
import type { ExperimentPlan } from '../plan/rollout-plan.ts';
import { ReplicaSet, type PodTimes } from './replica-set.ts';
import type { Version } from './status.ts';

type TemplateStatus = 'Failed' | 'Progressing' | 'Running' | 'Successful';

interface Template {
  readonly plan: ExperimentPlan['templates'][number];
  readonly pods: ReplicaSet;
  status: TemplateStatus;
  changedAt: number;
}

interface Analysis {
  readonly plan: ExperimentPlan['analyses'][number];
  run: AnalysisRun | undefined;
  phase: Phase;
  message: string;
}

/** What an experiment needs of the rollout that runs it. */
export interface ExperimentHost {
  podTimes(of: Version): PodTimes;
  startRun(name: string, analysis: AnalysisPlan): AnalysisRun;
}

/** An experiment of a step: versions beside each other, and what judges them (experiments/experiment.go). */
export class Experiment {
  phase: Phase = 'Pending';
  message = '';
  readonly #plan: ExperimentPlan;
  readonly #host: ExperimentHost;
  readonly #templates: readonly Template[];
  readonly #analyses: readonly Analysis[];
  #availableAt: number | undefined;
  #terminated = false;

  constructor(plan: ExperimentPlan, host: ExperimentHost, now: number) {
    this.#plan = plan;
    this.#host = host;
    this.#templates = plan.templates.map((template) => ({ plan: template, pods: new ReplicaSet(host.podTimes(template.of)), status: 'Progressing', changedAt: now }));
    this.#analyses = plan.analyses.map((analysis) => ({ plan: analysis, run: undefined, phase: 'Successful', message: '' }));
  }

  /** Weights that its versions get while it runs. */
  get weights(): { readonly template: string; readonly of: Version; readonly weight: number }[] {
    if (this.phase !== 'Running') return [];
    return this.#templates.flatMap(({ plan: { name, of, weight } }) => (weight === undefined ? [] : [{ template: name, of, weight }]));
  }

  /** Pods of a version that serve. */
  ready(of: Version): number {
    return this.#templates.reduce((sum, { plan, pods }) => sum + (plan.of === of ? pods.ready : 0), 0);
  }

  terminate(): void {
    this.#terminated = true;
  }

  advance(now: number): boolean {
    return this.#templates.map(({ pods }) => pods.advance(now)).includes(true);
  }

  /** Looks at it once; says whether anything changed. */
  reconcile(now: number): boolean {
    const before = this.#state();
    const terminating = this.#isTerminating();
    const passed = this.#plan.duration !== undefined && this.#availableAt !== undefined && this.#availableAt + this.#plan.duration <= now;
    for (const template of this.#templates) this.#reconcileTemplate(template, terminating, passed, now);
    for (const analysis of this.#analyses) this.#reconcileAnalysis(analysis, terminating);
    if (!isCompleted(this.phase)) this.#assess(now);
    return this.#state() !== before;
  }

  /** When something happens next; Infinity when nothing does. */
  nextAt(): number {
    const isTerminating = this.#isTerminating();
    let next = isTerminating || this.#availableAt === undefined || this.#plan.duration === undefined ? Infinity : this.#availableAt + this.#plan.duration;
    for (const { pods, changedAt, plan, status } of this.#templates) {
      next = Math.min(next, pods.nextAt(), pods.wanted > 0 ? pods.scaleDownAt ?? Infinity : Infinity);
      if (!isTerminating && (status === 'Progressing' || status === 'Running') && pods.available !== plan.replicas) next = Math.min(next, changedAt + this.#plan.deadline + 1);
    }
    return next;
  }

  #isTerminating(): boolean {
    return this.#terminated || isCompleted(this.phase) || this.#templates.some(({ status }) => status === 'Failed') || this.#analyses.some(({ phase }) => isBad(phase)) || this.#requiredAreDone();
  }

  #requiredAreDone(): boolean {
    const required = this.#analyses.filter(({ plan }) => plan.isRequired);
    return required.length > 0 && required.every(({ run, phase }) => run !== undefined && phase === 'Successful');
  }

  #reconcileTemplate(template: Template, terminating: boolean, passed: boolean, now: number): void {
    const { pods, plan } = template;
    const isDone = template.status === 'Successful' || template.status === 'Failed';
    const wanted = terminating || isDone ? 0 : plan.replicas;
    const served = pods.available;
    if (wanted === 0 && this.#plan.scaleDownDelay > 0) pods.scaleDownAt ??= now + this.#plan.scaleDownDelay;
    if (pods.wanted !== wanted && (wanted > 0 || pods.scaleDownAt === undefined || pods.scaleDownAt <= now)) {
      pods.scale(wanted, now);
      template.changedAt = now;
    }
    if (served !== pods.available) template.changedAt = now;
    if (isDone) return;
    if (wanted === pods.available) template.status = passed || terminating ? 'Successful' : 'Running';
    else if (now > template.changedAt + this.#plan.deadline) template.status = 'Failed';
    else template.status = terminating ? 'Successful' : 'Progressing';
  }

  #reconcileAnalysis(analysis: Analysis, terminating: boolean): void {
    if (this.#availableAt === undefined) return;
    if (analysis.run === undefined) {
      if (terminating) return;
      analysis.run = this.#host.startRun(analysis.plan.name, analysis.plan.analysis);
      analysis.phase = 'Pending';
      return;
    }
    if (isCompleted(analysis.phase)) return;
    if (terminating) {
      analysis.run.terminate();
      return;
    }
    analysis.phase = analysis.run.phase;
    analysis.message = analysis.run.message;
  }

  #assess(now: number): void {
    const templates = this.#worstTemplate();
    const analyses = this.#worstAnalysis();
    if (templates.phase === 'Running') this.#availableAt ??= now;
    const byAnalyses = isCompleted(templates.phase)
      ? templates.phase === 'Successful' && (isCompleted(analyses.phase) || this.#analyses.some(({ plan }) => plan.isRequired))
      : (isCompleted(analyses.phase) && analyses.phase !== 'Successful') || this.#requiredAreDone();
    ({ phase: this.phase, message: this.message } = byAnalyses ? analyses : templates);
  }

  #worstTemplate(): { readonly phase: Phase; readonly message: string } {
    const failed = this.#templates.find(({ status }) => status === 'Failed');
    if (failed !== undefined) return { phase: 'Failed', message: `Template '${failed.plan.name}' exceeded its progressDeadlineSeconds (${this.#plan.deadline / 1000})` };
    if (this.#templates.some(({ status }) => status === 'Progressing')) return { phase: 'Pending', message: '' };
    return { phase: this.#templates.some(({ status }) => status === 'Running') ? 'Running' : 'Successful', message: '' };
  }

  #worstAnalysis(): { readonly phase: Phase; readonly message: string } {
    let worst: { readonly phase: Phase; readonly message: string } = { phase: 'Successful', message: '' };
    for (const { phase, message } of this.#analyses) if (isWorse(worst.phase, phase)) worst = { phase, message };
    if (this.#requiredAreDone() && isWorse(worst.phase, 'Running')) return { phase: 'Successful', message: 'Required AnalysisRuns completed' };
    return worst.phase === 'Pending' ? { phase: 'Running', message: worst.message } : worst;
  }

  #state(): string {
    return [this.phase, this.#availableAt, ...this.#templates.map(({ status, pods }) => `${status} ${pods.wanted}`), ...this.#analyses.map(({ phase, run }) => `${phase} ${run === undefined}`)].join();
  }
}
