import { isRecord, list, record } from '../schemas/plain.ts';

/** Labels that controllers give to the pods of a workload beside those of its template. */
const givenToPods: ReadonlySet<string> = new Set([
  'apps.kubernetes.io/pod-index',
  'batch.kubernetes.io/job-completion-index',
  'batch.kubernetes.io/job-name',
  'controller-revision-hash',
  'job-name',
  'pod-template-hash',
  'rollouts-pod-template-hash',
  'statefulset.kubernetes.io/pod-name',
]);

/** Labels of an object or a pod template: text values only. */
export type Labels = ReadonlyMap<string, string>;

/** The labels that stand in a field of metadata. */
export function labelsOf(metadata: unknown): Labels {
  return textEntries(record(metadata, 'labels'));
}

/** The entries of a map whose values are text. */
export function textEntries(map: unknown): Labels {
  return new Map(isRecord(map) ? Object.entries(map).filter((entry): entry is [string, string] => typeof entry[1] === 'string') : []);
}

/** Whether labels have everything that a plain selector (`spec.selector` of a Service) names. An empty one selects nothing here. */
export function plainSelects(selector: unknown, labels: Labels): boolean {
  const wanted = textEntries(selector);
  return wanted.size > 0 && [...wanted].every(([key, value]) => givenToPods.has(key) || labels.get(key) === value);
}

/** Whether labels fit a LabelSelector (`matchLabels` and `matchExpressions`). An empty one selects everything. */
export function selects(selector: unknown, labels: Labels): boolean {
  if (![...textEntries(record(selector, 'matchLabels'))].every(([key, value]) => labels.get(key) === value)) return false;
  return list(selector, 'matchExpressions').every((expression) => !isRecord(expression) || fits(expression, labels));
}

function fits(expression: Record<string, unknown>, labels: Labels): boolean {
  const value = labels.get(String(expression['key']));
  const values = list(expression, 'values');
  switch (expression['operator']) {
    case 'In':
      return value !== undefined && values.includes(value);
    case 'NotIn':
      return value === undefined || !values.includes(value);
    case 'Exists':
      return value !== undefined;
    case 'DoesNotExist':
      return value === undefined;
    default:
      return false;
  }
}

/** Whether a LabelSelector names anything at all. */
export function isEmptySelector(selector: unknown): boolean {
  return textEntries(record(selector, 'matchLabels')).size === 0 && list(selector, 'matchExpressions').length === 0;
}

/** A selector as a person would write it. */
export function showSelector(selector: unknown): string {
  const labels = isRecord(selector) && ('matchLabels' in selector || 'matchExpressions' in selector) ? selector['matchLabels'] : selector;
  const equals = [...textEntries(labels)].map(([key, value]) => `${key}=${value}`);
  const others = list(selector, 'matchExpressions').filter(isRecord).map((each) => `${String(each['key'])} ${String(each['operator'])} ${list(each, 'values').join('|')}`.trim());
  return [...equals, ...others].sort().join(', ') || '(everything)';
}
