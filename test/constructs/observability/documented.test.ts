import { describe, expect, it } from 'vitest';
import { alertsFor } from '../../../lib/constructs/observability/alerts.ts';
import * as exporters from '../../../lib/constructs/observability/http-metrics.ts';
import { internetEgress } from '../../../lib/constructs/network/egress.ts';
import type { AlertOptions } from '../../../lib/constructs/observability/prometheus-options.ts';
import { textOf } from '../../source-files.ts';
import { web } from '../network/samples.ts';

const facts = { kind: 'Deployment', container: 'web', team: 'shop', autoscaled: true, memoryLimit: true } as const;

/** The cells of a page's tables, row by row, without back quotes. */
function rowsOf(page: string): string[][] {
  return textOf(page).split('\n').filter((line) => line.startsWith('| ')).map((line) => line.split('|').slice(1, -1).map((cell) => cell.trim().replaceAll('`', '')));
}

function rulesWith(alerts: AlertOptions) {
  return alertsFor(web, { http: exporters.fastapiInstrumentator, alerts }, facts)?.spec?.groups?.flatMap((group) => group.rules ?? []) ?? [];
}

describe('the pages on networking and observability', () => {
  const rules = rulesWith({});

  it('list every alert with its severity and how long it waits', () => {
    const documented = rowsOf('docs/observability.md').filter((row) => rules.some((rule) => rule.alert === row[0])).map((row) => row.slice(0, 3));
    expect(documented).toEqual(rules.map((rule) => [rule.alert, rule.labels?.['severity'], rule.for]));
  });

  it('name the limit that leaves each alert out', () => {
    for (const [alert, , , , limit = ''] of rowsOf('docs/observability.md').filter((row) => rules.some((rule) => rule.alert === row[0]))) {
      expect([alert, rulesWith({ [limit]: false }).some((rule) => rule.alert === alert)]).toEqual([alert, false]);
    }
  });

  it('list every exporter with its metrics', () => {
    const documented = rowsOf('docs/observability.md').filter((row) => Object.hasOwn(exporters, row[1] ?? '')).map(([, name, requests, duration]) => [name, requests, duration]);
    expect(documented.sort()).toEqual(Object.entries(exporters).map(([name, metrics]) => [name, metrics.requests, metrics.duration]).sort());
  });

  it('list every network that is no internet', () => {
    const text = textOf('docs/networking.md');
    const line = text.slice(text.indexOf('**The internet** leaves out'));
    const documented = [...line.slice(0, line.indexOf(': private')).matchAll(/`([0-9a-f.:]+\/[0-9]+)`/g)].map((match) => match[1]);
    const left = internetEgress(true).flatMap((rule) => rule.to ?? []).flatMap((peer) => peer.ipBlock?.except ?? []);
    expect(documented).toEqual(left);
  });
});
