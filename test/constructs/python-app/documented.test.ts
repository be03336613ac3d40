import { expect, test } from 'vitest';
import { PythonApp } from '../../../lib/constructs/python-app/python-app.ts';
import { gunicorn } from '../../../lib/constructs/servers/gunicorn.ts';
import { textOf } from '../../source-files.ts';
import { objectOf, pin, testChart } from '../support.ts';

const rows = [...textOf('docs/python-app.md').matchAll(/^\| `([\w.]+)` \| `(.*)` \|$/gm)].map(([, field = '', value = '']) => [field, value] as const);

test('the page lists defaults', () => {
  expect(rows.length).toBeGreaterThan(15);
});

test.each(rows)('the documented default of %s is the real one', (field, value) => {
  const chart = testChart();
  new PythonApp(chart, 'web', { image: pin('storefront'), server: gunicorn('storefront.main:app') });
  const found = field.split('.').reduce<unknown>((part, key) => (part as Readonly<Record<string, unknown>> | undefined)?.[key], objectOf(chart, 'Deployment'));
  expect(found).toEqual(JSON.parse(value));
});
