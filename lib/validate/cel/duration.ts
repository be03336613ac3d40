import { CelEvaluationError } from './errors.ts';

const units: Readonly<Record<string, number>> = { ns: 1, us: 1e3, 'µs': 1e3, 'μs': 1e3, ms: 1e6, s: 1e9, m: 6e10, h: 3.6e12 };

/** A length of time. */
export class Duration {
  readonly text: string;
  readonly nanoseconds: number;

  constructor(text: string, nanoseconds: number) {
    this.text = text;
    this.nanoseconds = nanoseconds;
  }

  /** For comparisons. */
  valueOf(): number {
    return this.nanoseconds;
  }
}

/**
 * Reads a duration as Go writes it: `90s`, `1h30m`.
 * @throws CelEvaluationError
 */
export function parseDuration(text: string): Duration {
  const match = /^([+-]?)((?:(?:\d+(?:\.\d*)?|\.\d+)(?:ns|us|µs|μs|ms|s|m|h))+|0)$/.exec(text);
  if (match === null) throw new CelEvaluationError(`${JSON.stringify(text)} is not a duration`);
  let sum = 0;
  for (const [, amount = '0', unit = 's'] of (match[2] ?? '').matchAll(/([\d.]+)([a-zµμ]+)/g)) sum += Number(amount) * (units[unit] ?? 0);
  return new Duration(text, match[1] === '-' ? -sum : sum);
}
