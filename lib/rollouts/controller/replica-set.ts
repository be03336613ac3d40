/** Pods that were started together. */
interface Batch {
  readonly readyAt: number;
  readonly availableAt: number;
  count: number;
  isReady: boolean;
}

/** How long pods take, in milliseconds. */
export interface PodTimes {
  /** Until they serve; Infinity: they never do. */
  readonly start: number;
  /** How long they must serve before they count (`minReadySeconds`). */
  readonly minReady: number;
}

/** The pods of one version. They start after a while; those that are taken away are gone at once, the youngest first. */
export class ReplicaSet {
  /** How many there should be (`spec.replicas`); so many there are, serving or not. */
  wanted = 0;
  /** How many serve. */
  ready = 0;
  /** How many served long enough to count. */
  available = 0;
  /** When they are to go. @default - no time is set */
  scaleDownAt: number | undefined;
  readonly #times: PodTimes;
  readonly #batches: Batch[] = [];

  constructor(times: PodTimes, running = 0) {
    this.#times = times;
    this.wanted = running;
    this.ready = running;
    this.available = running;
  }

  /** Starts or takes away pods. */
  scale(count: number, now: number): void {
    if (count > this.wanted) {
      this.#batches.push({ readyAt: now + this.#times.start, availableAt: now + this.#times.start + this.#times.minReady, count: count - this.wanted, isReady: false });
      this.wanted = count;
      this.advance(now);
      return;
    }
    while (this.wanted > count) {
      const youngest = this.#batches.at(-1);
      this.wanted -= 1;
      if (youngest === undefined) {
        this.available -= 1;
        this.ready -= 1;
      } else {
        youngest.count -= 1;
        if (youngest.isReady) this.ready -= 1;
        if (youngest.count === 0) this.#batches.pop();
      }
    }
  }

  /** Lets pods get ready; says whether any did. */
  advance(now: number): boolean {
    let changed = false;
    for (const batch of this.#batches) {
      if (!batch.isReady && batch.readyAt <= now) {
        batch.isReady = true;
        this.ready += batch.count;
        changed = true;
      }
    }
    for (let oldest = this.#batches[0]; oldest !== undefined && oldest.availableAt <= now; oldest = this.#batches[0]) {
      this.available += oldest.count;
      this.#batches.shift();
      changed = true;
    }
    return changed;
  }

  /** When pods get ready next; Infinity when none do. */
  nextAt(): number {
    let next = Infinity;
    for (const batch of this.#batches) next = Math.min(next, batch.isReady ? batch.availableAt : batch.readyAt);
    return next;
  }
}
