import { matches, patternProblem } from '../../expr/pattern.ts';
import { parseDuration } from '../../values/duration.ts';
import { fieldsAt, textAt, type Fields } from '../../values/fields.ts';
import { wholeNumber } from '../whole-number.ts';

/** A whole number, or a text of one: anything else is 0, as the controller reads it; undefined where nothing is said. */
export function limitOf(metric: Fields, name: string): number | undefined {
  const value = metric[name];
  return value === undefined || value === null ? undefined : wholeNumber(value) ?? 0;
}

/** Why the controller refuses metrics when an analysis starts, in its own words; undefined where it takes them (ValidateMetrics). */
export function invalidMetrics(metrics: readonly Fields[]): string | undefined {
  if (metrics.length === 0) return 'no metrics specified';
  const names = new Set<string>();
  for (const [index, metric] of metrics.entries()) {
    const name = textAt(metric, 'name') ?? '';
    const why = names.has(name) ? `duplicate name '${name}'` : invalidMetric(metric);
    if (why !== undefined) return `metrics[${index}]: ${why}`;
    names.add(name);
  }
  return undefined;
}

function invalidMetric(metric: Fields): string | undefined {
  const count = limitOf(metric, 'count') ?? 0;
  const failures = limitOf(metric, 'failureLimit') ?? 0;
  const successes = limitOf(metric, 'consecutiveSuccessLimit') ?? 0;
  const inconclusive = limitOf(metric, 'inconclusiveLimit') ?? 0;
  if (successes < 0) return 'consecutiveSuccessLimit must be >= 0';
  if (failures < -1) return 'failureLimit must be >= 0, or -1 to be disabled';
  if (successes === 0 && failures === -1) return 'failureLimit and consecutiveSuccessLimit cannot both be disabled';
  if (inconclusive < 0) return 'inconclusiveLimit must be >= 0';
  if ((limitOf(metric, 'consecutiveErrorLimit') ?? 0) < 0) return 'consecutiveErrorLimit must be >= 0';
  if (count > 0) {
    if (failures >= 0 && count < failures + successes) return `count (${count}) must be >= failureLimit + consecutiveSuccessLimit (${failures} + ${successes}) if both >= 0`;
    if (failures < 0 && count < successes) return 'count must be >= consecutiveSuccessLimit';
    if (count < inconclusive) return 'count must be >= inconclusiveLimit';
  }
  if (count > 1 && textAt(metric, 'interval') === undefined) return 'interval must be specified when count > 1';
  for (const [name, said] of [['interval', 'interval'], ['initialDelay', 'startDelay']] as const) {
    const text = textAt(metric, name);
    if (text !== undefined && parseDuration(text) === undefined) return `invalid ${said} string: time: invalid duration ${JSON.stringify(text)}`;
  }
  const providers = Object.keys(fieldsAt(metric, 'provider')).length;
  if (providers === 0) return 'no provider specified';
  return providers > 1 ? 'multiple providers specified' : undefined;
}

/** The first rule that fits no metric, in the controller's words: it refuses the analysis then. */
export function unmatchedRule(kind: 'dryRun' | 'measurementRetention', patterns: readonly string[], names: readonly string[]): string | undefined {
  const index = patterns.findIndex((pattern) => !names.some((name) => fitsRule(pattern, name)));
  return index < 0 ? undefined : `${kind}[${index}]: Rule didn't match any metric name(s)`;
}

/** Whether a rule is for a metric; a pattern that doesn't parse is for none. */
export function fitsRule(pattern: string, name: string): boolean {
  return patternProblem(pattern) === undefined && matches(name, pattern);
}
