import { describe, expect, it } from 'vitest';
import { exporters } from '../../../lib/controllers/observability/dashboards/traffic.ts';
import { observabilityObjects } from '../../../lib/controllers/observability/objects.ts';
import { djangoPrometheus, fastapiInstrumentator, flaskExporter, openTelemetryHttp, starletteExporter } from '../../../lib/constructs/observability/http-metrics.ts';
import { at, hostedAfter } from '../hosted.ts';
import { metrics } from './upstream-facts.ts';

interface Panel {
  readonly id: number;
  readonly type: string;
  readonly title: string;
  readonly description?: string;
  readonly gridPos: { readonly x: number; readonly y: number; readonly w: number; readonly h: number };
  readonly targets?: readonly { readonly expr: string; readonly legendFormat?: string }[];
}
interface Dashboard {
  readonly uid: string;
  readonly title: string;
  readonly panels: readonly Panel[];
  readonly templating: { readonly list: readonly { readonly name: string; readonly definition?: string }[] };
}

const objects = ['prod-eu', 'dev'].flatMap((cluster) => observabilityObjects(hostedAfter(cluster, (draft) => { draft.clusters[cluster]!['monitoring'] = true; })));
const dashboards = [...new Map(objects.filter(({ kind, metadata }) => kind === 'ConfigMap' && metadata?.name?.startsWith('dashboard-') === true).map((object) => {
  const parsed = JSON.parse(Object.values(object['data'] as Record<string, string>)[0] ?? '') as Dashboard;
  return [parsed.uid, parsed] as const;
})).values()];
const rules = objects.filter(({ kind }) => kind === 'PrometheusRule').flatMap((object) => at(object, 'spec', 'groups', 0, 'rules') as { alert: string; expr: string; for: string; labels: Record<string, string>; annotations: Record<string, string> }[]);

/** The metrics that an expression reads: names before a selector, a range or the end, that are no function, label or keyword. */
function metricsIn(expr: string): string[] {
  const bare = expr.replace(/"(?:[^"\\]|\\.)*"/g, '""').replace(/\$\w+/g, '5m').replace(/\{[^}]*\}/g, '{}').replace(/\b(?:by|on|without|ignoring)\s*\([^)]*\)/g, '');
  return [...bare.matchAll(/[a-zA-Z_:][\w:]*/g)].filter(({ 0: word, index }) => !/^\s*\(/.test(bare.slice(index + word.length)) && !/[\w.[]$/.test(bare.slice(0, index)))
    .map(([word]) => word).filter((word) => !['and', 'or', 'unless', 'by', 'bool', 'm', 'sum', 'max', 'min', 'count'].includes(word));
}

function balanced(expr: string): boolean {
  const open: string[] = [];
  for (const character of expr.replace(/"(?:[^"\\]|\\.)*"/g, '')) {
    if ('([{'.includes(character)) open.push(character);
    else if (')]}'.includes(character) && '([{'.indexOf(open.pop() ?? '') !== ')]}'.indexOf(character)) return false;
  }
  return open.length === 0;
}

const expressions = [...rules.map(({ expr }) => expr), ...dashboards.flatMap(({ panels }) => panels.flatMap(({ targets = [] }) => targets.map(({ expr }) => expr)))];

describe('the expressions of alert rules and dashboards', () => {
  it('read metrics that exist', () => {
    const known = new Set([...metrics, ...exporters.flatMap(({ duration, requests }) => [requests, `${duration}_bucket`])]);
    expect(expressions.length).toBeGreaterThan(60);
    expect([...new Set(expressions.flatMap(metricsIn))].filter((metric) => !known.has(metric))).toEqual([]);
    expect(metricsIn('sum by (a) (rate(up{b="c"}[5m])) > 0 and absent(x_total)')).toEqual(['up', 'x_total']);
  });

  it('close what they open', () => {
    expect(expressions.filter((expr) => !balanced(expr))).toEqual([]);
    expect(balanced('sum(rate(x[5m])')).toBe(false);
  });

  it('know the exporters that the constructs know', () => {
    expect([...exporters]).toEqual([fastapiInstrumentator, starletteExporter, flaskExporter, djangoPrometheus, openTelemetryHttp]);
  });
});

describe('the alert rules', () => {
  it('each have a name of their own, a severity, a period and three texts', () => {
    const unique = [...new Map(rules.map((rule) => [`${rule.alert}${rule.expr}`, rule])).values()];
    expect(new Set(unique.map(({ alert }) => alert)).size).toBe(unique.length);
    for (const rule of unique) {
      expect(rule.alert).toMatch(/^([A-Z][a-z]+)+$/);
      expect(['critical', 'warning']).toContain(rule.labels['severity']);
      expect(rule.for).toMatch(/^(\d+[dhm])+$/);
      expect(Object.keys(rule.annotations).sort()).toEqual(['description', 'runbook', 'summary']);
    }
  });

  it('name in their texts only labels that the expression keeps', () => {
    for (const { alert, expr, annotations } of rules) {
      const by = /^(?:sum|max|count) by \(([^)]*)\)/.exec(expr)?.[1]?.split(', ') ?? (/histogram_quantile\([\d.]+, sum by \(([^)]*)\)/.exec(expr)?.[1]?.split(', '));
      if (by === undefined) continue;
      const used = [...Object.values(annotations).join(' ').matchAll(/\$labels\.(\w+)/g)].map(([, label]) => label);
      expect(used.filter((label) => !by.includes(label ?? '')), alert).toEqual([]);
    }
  });
});

describe('the dashboards', () => {
  it('are for apps, controllers, canaries and traffic', () => {
    expect(dashboards.map(({ uid }) => uid).sort()).toEqual(['slipway-argo-cd', 'slipway-argo-cd-apps', 'slipway-canaries', 'slipway-flux', 'slipway-flux-apps', 'slipway-traffic']);
  });

  it('lay out panels that don\'t overlap and stay within 24 columns', () => {
    for (const { panels, title } of dashboards) {
      const taken = new Set<string>();
      for (const { gridPos: { x, y, w, h }, title: panel } of panels) {
        expect(x + w, `${title}: ${panel}`).toBeLessThanOrEqual(24);
        for (let column = x; column < x + w; column++) {
          for (let line = y; line < y + h; line++) {
            expect(taken.has(`${column},${line}`), `${title}: ${panel}`).toBe(false);
            taken.add(`${column},${line}`);
          }
        }
      }
      expect(new Set(panels.map(({ id }) => id)).size).toBe(panels.length);
    }
  });

  it('say of every panel what it tells', () => {
    expect(dashboards.flatMap(({ panels }) => panels).filter(({ type, description, targets }) => type !== 'row' && ((description ?? '').length < 15 || targets === undefined || targets.length === 0))).toEqual([]);
  });

  it('use only variables that they have, and every one that they have', () => {
    for (const { panels, templating, title } of dashboards) {
      const text = JSON.stringify(panels) + templating.list.map(({ definition = '' }) => definition).join(' ');
      const used = new Set([...text.matchAll(/\$\{?([a-z]\w*)\}?/g)].map(([, name]) => name));
      expect([...used].sort(), title).toEqual(templating.list.map(({ name }) => name).sort());
    }
  });

  it('name in a legend only labels by which the lines are told apart', () => {
    for (const { panels } of dashboards) {
      for (const { targets = [], title } of panels) {
        for (const { expr, legendFormat = '' } of targets) {
          const kept = new Set([...expr.matchAll(/by \(([^)]*)\)/g)].flatMap(([, labels = '']) => labels.split(', ')));
          expect([...legendFormat.matchAll(/\{\{(\w+)\}\}/g)].map(([, label]) => label ?? '').filter((label) => !kept.has(label)), title).toEqual([]);
        }
      }
    }
  });
});
