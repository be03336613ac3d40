/** A dashboard as Grafana imports it: the fields that Slipway sets. */
export interface Dashboard {
  readonly uid: string;
  readonly title: string;
  readonly [field: string]: unknown;
}

/** A query of a panel. */
export interface Query {
  /** PromQL; `$__rate_interval` and the dashboard's variables are Grafana's to fill in. */
  readonly expr: string;
  /** What a line is called, such as `{{name}}`. @default - the series' labels */
  readonly legend?: string;
}

/** What a panel shows. */
export interface Panel {
  readonly title: string;
  /** What it tells, and what to do about it. */
  readonly description: string;
  readonly kind: 'stat' | 'table' | 'timeseries';
  readonly queries: readonly Query[];
  /** Grafana's name of the unit, such as `s`, `percentunit`, `bytes`, `reqps`. @default 'short' */
  readonly unit?: string;
  /** Of the 24 columns. @default 12 */
  readonly width?: number;
  /** Colours from values upwards, for stats. @default - green */
  readonly steps?: readonly { readonly color: string; readonly value: number | null }[];
  /** Columns of a table that are left out. @default - none */
  readonly hidden?: readonly string[];
}

/** A variable of a dashboard: the values of a label. */
export interface Variable {
  readonly name: string;
  /** PromQL's metric whose label is meant. */
  readonly metric: string;
  readonly label: string;
}

/** A part of a dashboard with a headline. */
export interface Row {
  readonly title: string;
  readonly panels: readonly Panel[];
}

const columns = 24;
const heights = { stat: 4, table: 9, timeseries: 8 } as const;
const datasource = { type: 'prometheus', uid: '${datasource}' } as const;

/** Green without any, red from one on. */
export const noneIsGood = [{ color: 'green', value: null }, { color: 'red', value: 1 }] as const;

/** A dashboard of rows of panels, laid out from left to right; its data source is chosen in Grafana. */
export function dashboard(uid: string, title: string, variables: readonly Variable[], rows: readonly Row[]): Dashboard {
  return {
    uid,
    title,
    tags: ['slipway'],
    schemaVersion: 39,
    editable: false,
    refresh: '1m',
    timezone: 'browser',
    time: { from: 'now-6h', to: 'now' },
    templating: { list: [{ name: 'datasource', label: 'Data source', type: 'datasource', query: 'prometheus' }, ...variables.map(variable)] },
    panels: layOut(rows),
  };
}

function variable({ name, metric, label }: Variable): object {
  const query = `label_values(${metric}, ${label})`;
  return { name, label: name, type: 'query', datasource, definition: query, query: { query, refId: 'values' }, refresh: 2, includeAll: true, multi: true, allValue: '.*', current: { text: 'All', value: '$__all' }, sort: 1 };
}

function layOut(rows: readonly Row[]): object[] {
  const panels: object[] = [];
  let y = 0;
  for (const row of rows) {
    panels.push({ id: panels.length + 1, type: 'row', title: row.title, collapsed: false, gridPos: { x: 0, y, w: columns, h: 1 }, panels: [] });
    y += 1;
    let x = 0;
    let tallest = 0;
    for (const panel of row.panels) {
      const w = panel.width ?? columns / 2;
      const h = heights[panel.kind];
      if (x + w > columns) {
        y += tallest;
        [x, tallest] = [0, 0];
      }
      panels.push({ id: panels.length + 1, gridPos: { x, y, w, h }, ...rendered(panel) });
      x += w;
      tallest = Math.max(tallest, h);
    }
    y += tallest;
  }
  return panels;
}

function rendered({ title, description, kind, queries, unit = 'short', steps, hidden = [] }: Panel): object {
  const instant = kind !== 'timeseries';
  return {
    type: kind,
    title,
    description,
    datasource,
    targets: queries.map(({ expr, legend }, index) => ({
      refId: String.fromCharCode(65 + index), datasource, expr, instant, range: !instant,
      ...(kind === 'table' && { format: 'table' }),
      ...(legend !== undefined && { legendFormat: legend }),
    })),
    fieldConfig: { defaults: { unit, ...(steps !== undefined && { color: { mode: 'thresholds' }, thresholds: { mode: 'absolute', steps } }) }, overrides: [] },
    options: optionsOf(kind),
    ...(kind === 'table' && { transformations: [{ id: 'organize', options: { excludeByName: Object.fromEntries(['Time', 'Value', ...hidden].map((name) => [name, true])) } }] }),
  };
}

function optionsOf(kind: Panel['kind']): object {
  switch (kind) {
    case 'stat': return { colorMode: 'background', graphMode: 'none', reduceOptions: { calcs: ['lastNotNull'] }, textMode: 'auto' };
    case 'table': return { showHeader: true };
    case 'timeseries': return { legend: { displayMode: 'table', placement: 'bottom', calcs: ['lastNotNull', 'max'] }, tooltip: { mode: 'multi', sort: 'desc' } };
  }
}
