import { expect, test } from 'vitest';
import { PythonApp } from '../../../lib/constructs/python-app/python-app.ts';
import { pythonAppSchema } from '../../../lib/constructs/python-app/schema.ts';
import { gunicorn } from '../../../lib/constructs/servers/gunicorn.ts';
import { textOf } from '../../source-files.ts';
import { objectOf, pin, testChart } from '../support.ts';

const rows = [...textOf('docs/python-app.md').matchAll(/^\| `([\w.]+)` \| `(.*)` \|$/gm)].map(([, field = '', value = '']) => [field, value] as const);

test('the page lists defaults', () => {
  expect(rows.length).toBeGreaterThan(15);
});

test('the page names every prop, and none that there is not', () => {
  const table = textOf('docs/python-app.md').split('## Everything it takes')[1]?.split('`workload` is')[0] ?? '';
  const named = [...table.matchAll(/`(\w+)`/g)].map(([, prop]) => prop);
  expect(named.sort()).toEqual(Object.keys(pythonAppSchema.shape).sort());
});

test.each(rows)('the documented default of %s is the real one', (field, value) => {
  const chart = testChart();
  new PythonApp(chart, 'web', { image: pin('storefront'), server: gunicorn('storefront.main:app') });
  const found = field.split('.').reduce<unknown>((part, key) => (part as Readonly<Record<string, unknown>> | undefined)?.[key], objectOf(chart, 'Deployment'));
  expect(found).toEqual(JSON.parse(value));
});
