import type { RolloutState, StartedRun } from '../controller/rollout-state.ts';
import type { Pause, Version } from '../controller/status.ts';
import type { Happening, TimelineEvent } from './events.ts';
import type { Pods, Share } from './simulation.ts';

/** Writes down what happens to a rollout, and who gets the traffic. */
export class Recorder {
  readonly events: TimelineEvent[] = [];
  readonly weights: Share[] = [{ at: 0, weight: 0 }];
  readonly pods: Pods[] = [];
  /** When the last pod of a version went. */
  readonly goneAt: { [version in Version]?: number } = {};
  /** The new version's share of the traffic, in percent. */
  share = 0;
  /** The step that began last. */
  stepIndex = 0;
  readonly #state: RolloutState;
  readonly #isQuiet: boolean;
  #pauses: readonly Pause[] = [];
  #had: Record<Version, boolean> = { new: false, old: false };

  constructor(state: RolloutState, isQuiet: boolean) {
    this.#state = state;
    this.#isQuiet = isQuiet;
  }

  note(happening: Happening): void {
    if (!this.#isQuiet) this.events.push({ ...happening, at: this.#state.now, weight: this.share });
  }

  /** A step begins. */
  step(index: number): void {
    const { strategy } = this.#state.plan;
    this.stepIndex = index;
    if (this.#isQuiet || strategy.kind !== 'canary' || this.#state.skipsSteps || this.#state.old === undefined) return;
    const { steps } = strategy;
    this.note({ kind: 'step', step: index, label: steps[index]?.label ?? 'promote' });
  }

  /** Writes down what is different now. */
  look(): void {
    const { now, status } = this.#state;
    this.#lookAtTraffic(now);
    if (status.pauses !== this.#pauses) {
      for (const { reason } of status.pauses) if (this.#pauses.every((pause) => pause.reason !== reason)) this.note({ kind: 'pause', reason });
      this.#pauses = status.pauses;
    }
    if (!this.#isQuiet) this.#lookAtPods(now);
  }

  #lookAtTraffic(now: number): void {
    const share = shareOf(this.#state);
    if (share === this.share) return;
    this.share = share;
    const last = this.weights.at(-1);
    if (last?.at === now) this.weights.pop();
    this.weights.push({ at: now, weight: share });
    if (this.#isQuiet) return;
    // What lasts no time isn't told.
    const earlier = this.events.findLastIndex((event) => event.kind === 'traffic');
    if (this.events[earlier]?.at === now) this.events.splice(earlier, 1);
    // A router is told the weight of a step before the next one begins; pods come and go after.
    const steps = this.#state.plan.strategy.kind === 'canary' && this.#state.plan.strategy.isRouted ? this.#stepsAt(now) : [];
    this.note({ kind: 'traffic', to: share });
    for (const step of steps) this.events.push({ ...step, weight: share });
  }

  /** Takes back the steps that were noted last, at this very time. */
  #stepsAt(now: number): TimelineEvent[] {
    const first = this.events.findLastIndex((event) => event.kind !== 'step' || event.at !== now) + 1;
    return this.events.splice(first);
  }

  #lookAtPods(now: number): void {
    const { fresh, old, experiments } = this.#state;
    const ready: Pods = { at: now, new: fresh.ready, old: old?.ready ?? 0 };
    const counts = { new: ready.new + readyIn(experiments, 'new'), old: ready.old + readyIn(experiments, 'old') };
    const last = this.pods.at(-1);
    if (last?.new !== counts.new || last.old !== counts.old) {
      if (last?.at === now) this.pods.pop();
      this.pods.push({ at: now, ...counts });
    }
    for (const version of ['new', 'old'] as const) {
      const has = (version === 'new' ? fresh : old)?.wanted !== 0 || counts[version] > 0;
      if (this.#had[version] && !has) {
        this.goneAt[version] = now;
        this.note({ kind: 'gone', version });
      }
      this.#had[version] = has;
    }
  }
}

/** The new version's share of the traffic, in percent: by what the router says, by the Service that is active, or by the pods that serve. */
function shareOf({ plan, status, fresh, old, experiments }: RolloutState): number {
  const { strategy } = plan;
  if (strategy.kind === 'blueGreen') return status.active === 'new' && fresh.ready > 0 ? 100 : 0;
  if (strategy.isRouted) {
    if (status.stable === 'new') return fresh.ready > 0 ? 100 : 0;
    const { weights } = status;
    if (weights === undefined) return 0;
    let own = weights.canary;
    for (const { of, weight } of weights.additional) if (of === 'new') own += weight;
    return (own * 100) / strategy.maxWeight;
  }
  // A Service without a router has every pod behind it, those of experiments too.
  const own = fresh.ready + readyIn(experiments, 'new');
  const all = own + (old?.ready ?? 0) + readyIn(experiments, 'old');
  return all === 0 ? 0 : (own * 100) / all;
}

function readyIn(experiments: RolloutState['experiments'], of: Version): number {
  let ready = 0;
  for (const experiment of experiments) ready += experiment.ready(of);
  return ready;
}

/** How an analysis is called. */
export function runName({ origin, step, name }: StartedRun): string {
  switch (origin) {
    case 'step': return `step ${(step ?? 0) + 1}`;
    case 'experiment': return `experiment ${name ?? ''}`.trim();
    default: return origin;
  }
}
