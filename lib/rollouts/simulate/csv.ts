import { fromJson } from '../../expr/value.ts';
import { SlipwayError, type Problem } from '../../values/errors.ts';
import { didYouMean } from '../../values/suggest.ts';
import type { Metric } from '../analysis/metric.ts';
import type { Phase } from '../analysis/phase.ts';
import type { Sample, Trace } from './trace.ts';

const verdicts: readonly Phase[] = ['Successful', 'Failed', 'Inconclusive', 'Error'];

interface Row {
  readonly at: number;
  readonly cells: readonly Sample[];
}

/**
 * A recorded trace: a CSV whose first line names its columns, `seconds` and the metrics, and whose other lines have what was measured at a time.
 * A cell is a number, a verdict (Successful, Failed, Inconclusive, Error), JSON in quotes for a Web metric, or empty where there was no data.
 * Between two lines the earlier one holds. Fails with every cell that can't be read.
 */
export function readTrace(csv: string, metrics: readonly Metric[], where: string): Trace {
  const problems: Problem[] = [];
  const lines = csv.replace(/^\ufeff/, '').split(/\r?\n/).map((line, index) => ({ line, number: index + 1 })).filter(({ line }) => line.trim() !== '');
  const [header, ...body] = lines;
  const columns = header === undefined ? [] : cellsOf(header.line).map((cell) => cell.trim());
  const names = metrics.map((metric) => metric.name);
  if (columns[0] !== 'seconds') problems.push({ where: `${where}:1`, message: `expected the column "seconds" first, got ${JSON.stringify(columns[0] ?? '')}`, fix: `begin with: seconds,${names.join(',')}` });
  for (const name of names.filter((each) => !columns.includes(each))) problems.push({ where: `${where}:1`, message: `expected a column for the metric ${JSON.stringify(name)}, got none.`, fix: `add one.${didYouMean(name, columns.slice(1))}` });
  for (const [index, column] of columns.entries()) if (columns.indexOf(column) !== index) problems.push({ where: `${where}:1`, message: `expected each column once, got ${JSON.stringify(column)} twice`, fix: 'take one out' });
  const rows = body.flatMap(({ line, number }) => readRow(cellsOf(line), columns, `${where}:${number}`, problems) ?? []);
  const jobs = metrics.filter(({ provider }) => provider === 'job').map(({ name }) => name);
  for (const name of jobs) if (rows.some(({ cells }) => isValue(cells[columns.indexOf(name) - 1]))) problems.push({ where: `${where}: ${name}`, message: `expected ${verdicts.join(', ')} for a Job, got a value: a Job measures nothing`, fix: 'write how it went' });
  for (const [index, row] of rows.entries()) {
    const before = rows[index - 1];
    if (before !== undefined && row.at <= before.at) problems.push({ where, message: `expected times that rise, got ${row.at / 1000} after ${before.at / 1000}`, fix: 'sort the lines' });
  }
  if (rows.length === 0 && problems.length === 0) problems.push({ where, message: 'expected at least one line of measurements, got none' });
  if (problems.length > 0) throw new SlipwayError(problems);
  return {
    sample: (metric, at) => {
      const row = rows.findLast((each) => each.at <= at) ?? rows[0];
      return row?.cells[columns.indexOf(metric.name) - 1] ?? { nothing: true };
    },
  };
}

function isValue(sample: Sample | undefined): boolean {
  return sample !== undefined && ('number' in sample || 'result' in sample);
}

function readRow(cells: readonly string[], columns: readonly string[], where: string, problems: Problem[]): Row | undefined {
  const [time = '', ...values] = cells;
  const seconds = Number(time);
  if (time.trim() === '' || !Number.isFinite(seconds) || seconds < 0) {
    problems.push({ where, message: `expected seconds from the start, got ${JSON.stringify(time)}` });
    return undefined;
  }
  if (cells.length > columns.length) problems.push({ where, message: `expected at most ${columns.length} cells, got ${cells.length}`, fix: 'put JSON in double quotes' });
  return { at: seconds * 1000, cells: columns.slice(1).map((column, index) => readCell(values[index] ?? '', `${where}: ${column}`, problems)) };
}

function readCell(cell: string, where: string, problems: Problem[]): Sample {
  const text = cell.trim();
  if (text === '') return { nothing: true };
  const verdict = verdicts.find((each) => each.toLowerCase() === text.toLowerCase());
  if (verdict !== undefined) return verdict === 'Error' ? { error: 'error, as recorded' } : { verdict };
  if (/^[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?$/.test(text)) return { number: Number(text) };
  if (/^nan$/i.test(text)) return { number: Number.NaN };
  try {
    return { result: fromJson(JSON.parse(text)), shown: text };
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    problems.push({ where, message: `expected a number, ${verdicts.join(', ')}, JSON or nothing, got ${JSON.stringify(text)}` });
    return { nothing: true };
  }
}

/** The cells of a line: between commas, or in double quotes, where two of them stand for one. */
function cellsOf(line: string): string[] {
  const cells: string[] = [];
  for (let rest: string | undefined = line; rest !== undefined;) {
    const quoted: RegExpExecArray | null = /^\s*"((?:[^"]|"")*)"\s*(?:,|$)/.exec(rest);
    const plain: RegExpExecArray | null = quoted ?? /^([^,]*)(?:,|$)/.exec(rest);
    const whole: string = plain?.[0] ?? '';
    cells.push(quoted === null ? plain?.[1] ?? '' : (quoted[1] ?? '').replaceAll('""', '"'));
    rest = whole.endsWith(',') ? rest.slice(whole.length) : undefined;
  }
  return cells;
}
