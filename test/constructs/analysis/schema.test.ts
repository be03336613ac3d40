import { describe, expect, it } from 'vitest';
import { latency } from '../../../lib/constructs/analysis/ready-made/latency.ts';
import { successRate } from '../../../lib/constructs/analysis/ready-made/success-rate.ts';
import { analysisSchema, argumentValueSchema } from '../../../lib/constructs/analysis/schema.ts';
import { faults } from '../network/samples.ts';

const metric = (fields: object): unknown => ({ kind: 'analysis', name: 'a', metrics: [{ name: 'm', provider: { provider: 'web', url: 'https://acme.example' }, ...fields }] });
const provider = (fields: object): unknown => metric({ provider: fields });
const wrong = (value: unknown): string[] => faults(analysisSchema, value).map((line) => line.replace('web: metrics[0].', ''));

describe('the fields of an analysis', () => {
  it.each<[string, unknown, string[]]>([
    ['nothing that is known', { kind: 'analyse' }, ['web: kind: expected one of analysis, existing-analysis, got "analyse"']],
    ['text', 'success-rate', ['web: expected what analysis(), existingAnalysis(), httpCheck(), kayentaJudge(), latency(), smokeTest(), successRate() give, got "success-rate"']],
    ['a name with capitals', { ...metric({}) as object, name: 'Rate' }, ['web: name: expected a DNS label (lower-case letters, digits and "-", starting and ending with a letter or digit, at most 63 characters), got "Rate"']],
    ['all faults of a metric at once', metric({ name: 'M', interval: '1d', count: 0, failureLimit: -2, keep: 0, dryRun: 'yes', successCondition: '' }), [
      'count: expected a whole number of at least 1, got 0',
      'dryRun: expected boolean, got "yes"',
      'failureLimit: expected a whole number of at least -1, got -2',
      'interval: expected a duration such as 30s, 5m, 1h30m or 250ms, got "1d"; there is no unit for days: write hours',
      'keep: expected at least 1, got 0',
      'name: expected a DNS label (lower-case letters, digits and "-", starting and ending with a letter or digit, at most 63 characters), got "M"',
      'successCondition: expected text, got an empty one',
    ]],
    ['a field that a metric hasn\'t', metric({ intervall: '1m' }), ['intervall: unknown field. Did you mean "interval"? Known: consecutiveErrorLimit, consecutiveSuccessLimit, count, dryRun, failureCondition, failureLimit, inconclusiveLimit, initialDelay, interval, keep, name, provider, successCondition.']],
    ['a provider that isn\'t one of the five', provider({ provider: 'datadog' }), ['provider.provider: expected one of job, kayenta, prometheus, wavefront, web, got "datadog"']],
    ['a scheme with Wavefront', provider({ provider: 'wavefront', address: 'https://acme.wavefront.com', query: 'ts(a)' }), ['provider.address: expected a host such as example.wavefront.com, without scheme and port, got "https://acme.wavefront.com"']],
    ['a host without a scheme with Prometheus', provider({ provider: 'prometheus', address: 'prometheus:9090', query: ' ' }), ['provider.address: expected a URL that starts with http:// or https://, got "prometheus:9090"', 'provider.query: expected text, got an empty one']],
    ['a question with faults', provider({ provider: 'prometheus', query: { measure: 'errors', window: '2 minutes', metrics: { http: { requests: 'a b', status: 's' }, labels: {} } } }), [
      'provider.query.measure: expected one of latency, success-rate, got "errors" → choose one. Known: latency, success-rate.',
      'provider.query.metrics.http.requests: expected the name of a metric, got "a b"',
      'provider.query.metrics.labels: expected at least one label, by which the series of the new version are known, got none',
      'provider.query.window: expected a Prometheus duration such as 2m or 1m30s, got "2 minutes"',
    ]],
    ['metrics that every version has', provider({ provider: 'prometheus', query: { measure: 'latency', window: '2m', metrics: { http: { requests: 'r', status: 's' }, labels: {} } } }), ['provider.query.metrics.labels: expected at least one label, by which the series of the new version are known, got none']],
    ['headers that can\'t be sent', provider({ provider: 'web', url: 'https://acme.example', headers: { host: 'acme.example', 'a b': 'c', d: 'e\nf' } }), [
      'provider.headers.d: expected one line',
      'provider.headers.host: expected no Host: the controller sends the host of the URL whatever is said',
      'provider.headers["a b"]: expected the name of a header, got "a b"',
    ]],
    ['a JSONPath without braces', provider({ provider: 'web', url: 'https://acme.example', jsonPath: '$.ok', timeoutSeconds: 0 }), ['provider.jsonPath: expected a JSONPath in braces, such as {$.status}, got "$.ok"', 'provider.timeoutSeconds: expected at least 1, got 0']],
    ['a Job without command', provider({ provider: 'job', command: [], deadlineSeconds: 0 }), ['provider.command: expected at least 1 items, got a list of 0', 'provider.deadlineSeconds: expected at least 1, got 0']],
    ['Kayenta without scopes', provider({ provider: 'kayenta', address: 'http://k', application: 'a', canaryConfig: 'c', accounts: { metrics: 'm', configuration: 'c' }, scopes: {}, threshold: { pass: 101, marginal: 1.5 } }), [
      'provider.accounts.storage: expected string, got nothing',
      'provider.scopes: expected at least one scope',
      'provider.threshold.marginal: expected a whole number, got 1.5',
      'provider.threshold.pass: expected at most 100, got 101',
    ]],
  ])('refuse %s', (_, value, wanted) => {
    expect(wrong(value)).toEqual(wanted);
  });

  it('take arguments where a text, a duration or a number stands', () => {
    expect(wrong({ ...metric({ interval: '{{args.interval}}', count: '{{ args.count }}', provider: { provider: 'prometheus', query: '{{args.query}}', address: '{{args.address}}' } }) as object, args: { interval: '1m', count: 5, query: 'up', address: 'http://a' } })).toEqual([]);
  });
});

it('a limit is a share of requests, or seconds', () => {
  expect([successRate(0.99), successRate(1), latency(0.5)].flatMap(wrong)).toEqual([]);
  expect([successRate(99), successRate(0), latency(-1)].flatMap(wrong)).toEqual([
    'provider.query.limit: expected a share above 0 and up to 1, such as 0.99, got 99',
    'provider.query.limit: expected a share above 0 and up to 1, such as 0.99, got 0',
    'provider.query.limit: expected a number of seconds above 0, got -1',
  ]);
});

describe('the value of an argument', () => {
  it.each<[unknown, string[]]>([
    ['text', []],
    [5, []],
    [{ fact: 'canary-hash' }, []],
    [{ field: 'metadata.name' }, []],
    [{ required: true }, []],
    [{ fact: 'hash' }, ['web: fact: expected one of canary-hash, canary-service, environment, name, namespace, port, stable-hash, stable-service, got "hash" → choose one. Known: canary-hash, canary-service, environment, name, namespace, port, stable-hash, stable-service.']],
    [Number.NaN, ['web: expected a finite number, got NaN']],
    ['a\u0007b', ['web: expected text without control characters, got "a\\u0007b"']],
    ['a\tb\nc', []],
    [true, ['web: expected text, a number, { fact }, { field }, { secret, key } or { required: true }, got true']],
    [{ secret: { kind: 'existing', name: 's', keys: ['k'] }, key: 'a/b' }, ['web: key: expected a key of letters, digits, "-", "_" and ".", got "a/b"']],
  ])('%j', (value, wanted) => {
    expect(faults(argumentValueSchema, value)).toEqual(wanted);
  });
});
