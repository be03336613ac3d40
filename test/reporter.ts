import type { Reporter, SerializedError, TestModule, TestSuite } from 'vitest/node';

/** How many tests of a run ended which way. */
export interface Counts {
  readonly passed: number;
  /** Failed tests, and each file, suite or unhandled error that failed by itself. */
  readonly failed: number;
  readonly skipped: number;
}

/** Counts a finished run. A test that never ran, such as one behind a failed hook, counts as skipped. */
export function countTests(modules: readonly TestModule[], unhandled: readonly SerializedError[]): Counts {
  const counts = { passed: 0, failed: unhandled.length, skipped: 0 };
  for (const module of modules) {
    const containers: (TestModule | TestSuite)[] = [module, ...module.children.allSuites()];
    counts.failed += containers.filter((container) => container.errors().length > 0).length;
    for (const test of module.children.allTests()) {
      const { state } = test.result();
      counts[state === 'pending' ? 'skipped' : state] += 1;
    }
  }
  return counts;
}

/** The line by which people and machines read a run: `unit: 12 passed, 0 failed, 1 skipped`. */
export function closingLine(label: string, { passed, failed, skipped }: Counts): string {
  return `${label}: ${passed} passed, ${failed} failed, ${skipped} skipped`;
}

/** Ends a run's output with the closing line; stands last in the list of reporters. */
export class ClosingLineReporter implements Reporter {
  readonly #label: string;
  readonly #onFailure: string | undefined;
  readonly #times: ((seconds: number) => string) | undefined;
  #start = 0;

  /**
   * @param label names the suite
   * @param onFailure a line printed before the closing one when something failed, such as where the logs are
   * @param times makes of the seconds that the run took a line that is printed before the closing one
   */
  constructor(label: string, onFailure?: string, times?: (seconds: number) => string) {
    this.#label = label;
    this.#onFailure = onFailure;
    this.#times = times;
  }

  /** Begins to count the time. */
  onInit(): void {
    this.#start = performance.now();
  }

  /** Prints the closing line. */
  onTestRunEnd(modules: readonly TestModule[], unhandled: readonly SerializedError[]): void {
    const counts = countTests(modules, unhandled);
    if (counts.failed > 0 && this.#onFailure !== undefined) process.stdout.write(`${this.#onFailure}\n`);
    if (this.#times !== undefined) process.stdout.write(`${this.#label}: ${this.#times((performance.now() - this.#start) / 1000)}\n`);
    process.stdout.write(`${closingLine(this.#label, counts)}\n`);
  }
}
