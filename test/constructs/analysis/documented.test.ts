import { expect, it } from 'vitest';
import { jobDefaults } from '../../../lib/constructs/analysis/job/provider.ts';
import { kayentaDefaults } from '../../../lib/constructs/analysis/kayenta/provider.ts';
import { analysisFacts } from '../../../lib/constructs/analysis/schema.ts';
import { httpCheck, httpCheckDefaults } from '../../../lib/constructs/analysis/ready-made/http-check.ts';
import { kayentaJudge } from '../../../lib/constructs/analysis/ready-made/kayenta-judge.ts';
import { latency } from '../../../lib/constructs/analysis/ready-made/latency.ts';
import { requestAnalysisDefaults } from '../../../lib/constructs/analysis/ready-made/request-analysis.ts';
import { smokeTest } from '../../../lib/constructs/analysis/ready-made/smoke-test.ts';
import { successRate } from '../../../lib/constructs/analysis/ready-made/success-rate.ts';
import { textOf } from '../../source-files.ts';

/** The literals after `@default` in a file's docstrings, by field. */
function documented(file: string): Record<string, unknown> {
  const fields = textOf(`lib/constructs/analysis/${file}`).matchAll(/@default ('[^']*'|[\d.]+|\{ \w[^}]*\})[^\n]*\*\/\n {2}readonly (\w+)\?/g);
  return Object.fromEntries([...fields].map(([, value = '', field = '']) => [field, JSON.parse(value.replaceAll("'", '"').replace(/(\w+): /g, '"$1": ')) as unknown]));
}

it.each<[string, object]>([
  ['ready-made/request-analysis.ts', requestAnalysisDefaults],
  ['ready-made/http-check.ts', httpCheckDefaults],
  ['ready-made/latency.ts', { quantile: (latency(1).metrics?.[0]?.provider as { readonly query?: { readonly quantile?: number } }).query?.quantile }],
  ['job/options.ts', jobDefaults],
  ['kayenta/options.ts', kayentaDefaults],
  ['ready-made/smoke-test.ts', { name: smokeTest({ command: ['x'] }).name, targetEnv: 'TARGET_URL' }],
  ['ready-made/kayenta-judge.ts', { name: 'kayenta', scope: 'default', step: kayentaDefaults.step, after: kayentaJudge({ address: 'a', application: 'a', canaryConfig: 'c', accounts: { metrics: 'm', configuration: 'c', storage: 's' }, region: 'r' }).metrics?.[0]?.initialDelay }],
])('the defaults that %s documents are the real ones', (file, real) => {
  const found = documented(file);
  expect(found).toEqual(expect.objectContaining(real));
  expect(Object.keys(real).length).toBeGreaterThan(0);
});

it('the page on progressive delivery tells how often and how long the ready-made analyses measure', () => {
  const page = textOf('docs/progressive-delivery.md');
  const { metrics: [rate] = [] } = successRate(0.99);
  expect(rate).toMatchObject({ count: 5, interval: '1m', initialDelay: '2m', failureLimit: 1, inconclusiveLimit: 2 });
  expect(page).toContain('5 times a minute apart, each over 2 minutes; the second bad one fails: 6 minutes for a good version, 3 for a bad one');
  const { metrics: [check] = [] } = httpCheck('/');
  expect(check).toMatchObject({ count: 5, interval: '10s', consecutiveErrorLimit: 2 });
  expect(page).toContain('5 answers with 2xx, 10 seconds apart, and no 3 failures in a row');
  for (const fact of analysisFacts) expect(page).toContain(`\`${fact}\``);
});
