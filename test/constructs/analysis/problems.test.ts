import { describe, expect, it } from 'vitest';
import { analysis, existingAnalysis, type Analysis, type ArgumentValue, type MetricOptions } from '../../../lib/constructs/analysis/analysis.ts';
import type { AnalysisFacts } from '../../../lib/constructs/analysis/facts.ts';
import { jobRun } from '../../../lib/constructs/analysis/job/options.ts';
import { kayentaScore } from '../../../lib/constructs/analysis/kayenta/options.ts';
import { analysisProblems, type AnalysisOccasion } from '../../../lib/constructs/analysis/problems.ts';
import { prometheusQuery } from '../../../lib/constructs/analysis/prometheus/options.ts';
import { httpCheck } from '../../../lib/constructs/analysis/ready-made/http-check.ts';
import { latency } from '../../../lib/constructs/analysis/ready-made/latency.ts';
import { successRate } from '../../../lib/constructs/analysis/ready-made/success-rate.ts';
import { webRequest } from '../../../lib/constructs/analysis/web/options.ts';
import { existingSecret } from '../../../lib/constructs/existing-secret.ts';
import { describeProblem } from '../../../lib/values/errors.ts';
import { webFacts } from './support.ts';

interface Use {
  readonly args?: Readonly<Record<string, ArgumentValue>>;
  readonly occasion?: AnalysisOccasion;
  readonly facts?: Partial<AnalysisFacts>;
}

function problems(analyses: readonly Analysis[], { args, occasion = 'background', facts }: Use = {}): string[] {
  return analysisProblems({ analyses, ...(args !== undefined && { args }) }, occasion, webFacts(facts), 'storefront/web', ['rollout', 'steps', 1])
    .map((problem) => describeProblem(problem).replace('storefront/web: rollout.steps[1].', '').replace('\n    fix:', ' →')).sort();
}

/** What is wrong with one metric. */
const metric = (options: Partial<MetricOptions>, use?: Use): string[] => problems([analysis('one', { metrics: [{ name: 'm', provider: webRequest('https://acme.example'), ...options }] })], use).map((line) => line.replace('analyses[0].metrics[0].', ''));
const token = existingSecret('reader', ['token']);
const plain = (name: string, args: Readonly<Record<string, ArgumentValue>> = {}): Analysis => analysis(name, { args, metrics: [{ name, provider: webRequest('https://acme.example') }] });

describe('a metric', () => {
  it.each<[string, Partial<MetricOptions>, string[]]>([
    ['several measurements without time between them', { count: 3 }, ['interval: expected an interval between 3 measurements, got none → say interval, such as 1m']],
    ['fewer measurements than its limits need', { count: 3, interval: '1m', failureLimit: 2, consecutiveSuccessLimit: 2 }, ['count: expected at least failureLimit + consecutiveSuccessLimit (4), got 3 → measure more often, or lower a limit']],
    ['fewer measurements than inconclusive ones are borne', { count: 2, interval: '1m', inconclusiveLimit: 3 }, ['count: expected at least inconclusiveLimit (3), got 2 → measure more often, or lower the limit']],
    ['nothing that ends it', { failureLimit: -1 }, ['failureLimit: expected a limit of failures or of successes in a row, got neither → say failureLimit or consecutiveSuccessLimit: the metric could never end badly']],
    ['limits that an argument gives', { count: '{{args.n}}', interval: '1m', failureLimit: 9 }, ['count: expected an argument that the analysis declares, got "n". → declare it in args. There are none.']],
    ['no limit but successes in a row', { failureLimit: -1, consecutiveSuccessLimit: 2, count: 5, interval: '1m' }, []],
  ])('with %s', (_, options, wanted) => {
    expect(metric(options)).toEqual(wanted);
  });

  it('measures without end in the background and in an experiment alone', () => {
    const endless = { interval: '1m' };
    expect(metric(endless)).toEqual([]);
    expect(metric(endless, { occasion: 'experiment' })).toEqual([]);
    expect(metric(endless, { occasion: 'step' })).toEqual(['count: expected a number of measurements in a step, which waits for their end, got none → say count']);
    expect(metric(endless, { occasion: 'promotion' })).toEqual(['count: expected a number of measurements in a promotion, which waits for their end, got none → say count']);
  });

  it('has no double braces but for arguments that are declared', () => {
    expect(metric({ provider: jobRun({ command: ['echo', '{{ user }}', '{{args.servce}}', '{{ open'] }) })).toEqual([
      'provider.command[1]: expected {{args.<name>}} between double braces, got "{{ user }}" → the controller takes double braces for an argument wherever they stand: write them apart, or let a program make them',
      'provider.command[2]: expected an argument that the analysis declares, got "servce". → declare it in args. There are none.',
      'provider.command[3]: expected {{args.<name>}} between double braces, got "{{ open" → the controller takes double braces for an argument wherever they stand: write them apart, or let a program make them',
    ]);
  });

  it('that asks for the app\'s requests declares what tells them apart', () => {
    expect(metric({ provider: prometheusQuery({ measure: 'success-rate', window: '2m' }) })).toEqual([
      'provider.query: expected an argument that the analysis declares, got "canary-hash". → declare it in args. There are none.',
      'provider.query: expected an argument that the analysis declares, got "namespace". → declare it in args. There are none.',
    ]);
  });

  it('of a provider that judges by itself has no conditions', () => {
    expect(metric({ provider: jobRun({ command: ['true'] }), successCondition: 'result == 1' })).toEqual(['successCondition: expected no condition with job, got one → leave it out: how the Job ends decides']);
  });
});

describe('a provider', () => {
  it('sends no body with GET, and one at most', () => {
    expect(metric({ provider: webRequest('https://acme.example', { body: 'x', json: { x: 1 } }) })).toEqual([
      'provider.json: expected a text or data to send, got both → leave body or json out',
      'provider.method: expected POST or PUT for a request that sends something, got GET → say method: \'POST\'',
    ]);
  });

  it('holds no secret', () => {
    const found = metric({
      provider: prometheusQuery('up', { headers: { Authorization: 'Basic cmVhZGVyOnBhc3M=', 'X-Api-Key': 'sk_live_4eC39HqLyjWDarjtT1zdp7dc' }, authentication: { oauth2: { tokenUrl: 'https://login', clientId: 'me', clientSecret: 'topsecret' } } }),
    });
    expect(found.map((line) => line.split(' → ')[0]?.replace(/: expected no secret in Git, got.*/, ''))).toEqual(['provider.authentication.oauth2.clientSecret', 'provider.headers.Authorization', 'provider.headers.X-Api-Key']);
    expect(found.every((line) => line.endsWith('say {{args.token}}'))).toBe(true);
    expect(found.join()).not.toMatch(/topsecret|4eC39|cmVhZ/);
    expect(metric({ provider: jobRun({ command: ['smoke', '--password=hunter2hunter2'], env: { API_KEY: 'a8f5f167f44f4964e6c998dee827110c' } }) }).map((line) => line.split(':')[0])).toEqual(['provider.command[1]', 'provider.env.API_KEY']);
  });

  it('that runs a Job keeps its result, has an image and a size that is known', () => {
    expect(metric({ provider: jobRun({ command: ['true'], size: 'huge', env: { TOKEN: { secret: token, key: 'tken' } }, job: { ttlSecondsAfterFinished: 0, template: {} } }) }, { facts: { image: undefined } })).toEqual([
      'provider.env.TOKEN: expected a key of the secret reader, got "tken". → name one. Did you mean "token"? Known: token.',
      'provider.image: expected an image, got none → say the image: nothing is known here of an app',
      'provider.job.template: expected no template, got one → say the pod\'s fields in pod',
      'provider.job.ttlSecondsAfterFinished: expected none, or at least 600 seconds, got 0 → leave it out: the Job goes with its AnalysisRun',
      'provider.size: expected a size of prod, got "huge". Known: large, medium, small.',
    ]);
  });

  it('that runs a Job runs no pods of the app', () => {
    const wanted = ['provider.labels: expected pods that are none of the app\'s, got all labels by which its own are selected: its Services would lead to them → give the app a selector of its own, or leave the labels out'];
    expect(metric({ provider: jobRun({ command: ['true'], labels: { 'app.kubernetes.io/name': 'storefront-web' } }) })).toEqual(wanted);
    expect(metric({ provider: jobRun({ command: ['true'] }) }, { facts: { identity: { ...webFacts().identity, selector: { 'app.kubernetes.io/part-of': 'storefront' } } } })).toEqual(wanted);
  });

  it('of Kayenta knows since when versions are compared', () => {
    const detail = { scope: 's', region: 'r' };
    const judge = { address: 'http://kayenta', application: 'a', canaryConfig: 'c', accounts: { metrics: 'm', configuration: 'c', storage: 's' } };
    expect(metric({ provider: kayentaScore({ ...judge, threshold: { pass: 50, marginal: 75 }, scopes: { default: { control: { ...detail, end: 'now' }, experiment: detail } } }) })).toEqual([
      'provider.scopes.default: expected end of both versions or of neither, got one → say both or leave both out',
      'provider.scopes.default: expected to know since when versions are compared, got neither start, lookback nor an interval of the metric → say lookback: true, or give the metric an interval',
      'provider.threshold.marginal: expected at most pass (50), got 75 → say from which score it is inconclusive, then from which it passes',
    ]);
  });

  it('that asks for requests knows what they are called, how long they take and how often they are read', () => {
    expect(problems([successRate(0.99)], { facts: { monitoring: {} } })).toEqual(['analyses[0].metrics[0].provider.query.metrics: expected to know what the app\'s metrics of requests are called, got nothing → say it in the app\'s monitoring, such as prometheus({ http: starletteExporter }), or give the analysis metrics, such as istioMetrics()']);
    expect(problems([latency(1)], { facts: { monitoring: { http: { requests: 'r', status: 's' } } } })).toEqual(['analyses[0].metrics[0].provider.query.metrics: expected metrics with a histogram of durations, got none → say its name: duration']);
    expect(problems([successRate(0.99, { window: '90s' })], { facts: { monitoring: { interval: '1m', http: { requests: 'r', status: 's' } } } })).toEqual(['analyses[0].metrics[0].provider.query.window: expected at least twice the 1m between two reads of the metrics, got 90s → say four times 1m, so that one failed read doesn\'t count']);
  });
});

describe('the arguments of a run', () => {
  it('all have a value', () => {
    expect(problems([plain('a', { limit: { required: true } })])).toEqual(['args.limit: expected a value for this argument, got none → say it where the analysis is used: args']);
    expect(problems([plain('a', { limit: { required: true } })], { args: { limit: 5 } })).toEqual([]);
    expect(problems([plain('a', { limit: { required: true } }), plain('b', { limit: 5 })])).toEqual([]);
  });

  it('are known to the analyses', () => {
    expect(problems([plain('a', { limit: 1 })], { args: { limt: 5 } })).toEqual(['args.limt: expected the name of an argument that the analyses declare, got another. → name one. Did you mean "limit"? Known: limit.']);
    expect(problems([existingAnalysis('a')], { args: { anything: 5 } })).toEqual([]);
  });

  it('need what the app has', () => {
    expect(problems([httpCheck('/')], { facts: { canaryService: undefined, port: undefined } })).toEqual([
      'args.canary-service: expected to know the app\'s canary-service, which canary-service is, got nothing → give the app a port, and with it Services, or say the argument yourself',
      'args.port: expected to know the app\'s port, which port is, got nothing → give the app a port, and with it Services, or say the argument yourself',
    ]);
    expect(problems([plain('a', { hash: { fact: 'stable-hash' } })], { facts: { experiment: { canary: 'new' } } })).toEqual(['args.hash: expected to know the app\'s stable-hash, which hash is, got nothing → give the experiment a version of that kind']);
  });

  it('read Secrets in the template alone, which no use overrides', () => {
    const reads = plain('a', { token: { secret: token, key: 'token' } });
    expect(problems([plain('a', { token: { secret: token, key: 'tokn' } })])).toEqual(['analyses[0].args.token.key: expected a key of the secret reader, got "tokn". → name one. Did you mean "token"? Known: token.']);
    expect(problems([reads], { args: { token: '{{other}}' } })).toEqual(['args.token: expected no other value for an argument that reads a Secret, got one → leave it out: the controller would take the Secret\'s all the same']);
    expect(problems([existingAnalysis('a', { args: { token: { secret: token, key: 'token' } } })])).toEqual(['analyses[0].args.token: expected text, a fact or a field, got a key of a Secret → say it in the args of the analysis itself: a use of it can\'t name a Secret']);
    expect(problems([plain('a', { password: 'hunter2hunter2' })])[0]).toMatch(/^analyses\[0\]\.args\.password: expected no secret in Git/);
  });

  it('mean one thing', () => {
    const two = [plain('a', { limit: 1 }), plain('b', { limit: 2 })];
    const differ = 'args.limit: expected one value of the argument limit in the templates of a run, got "1", "2" → name one argument otherwise';
    expect(problems(two)).toEqual([differ]);
    expect(problems(two, { args: { limit: 3 } })).toEqual([differ]);
    expect(problems([plain('a', { hash: { fact: 'canary-hash' } }), plain('b', { hash: { fact: 'stable-hash' } })])).toEqual(['args.hash: expected one value of the argument hash in a run, got 2 → say it where the analyses are used, or name one argument otherwise']);
    expect(problems([plain('a', { limit: 1 }), plain('b', { limit: 1 })])).toEqual([]);
  });
});

describe('the analyses of a run', () => {
  it('have metrics, and each a name of its own', () => {
    expect(problems([analysis('empty', {})])).toEqual(['analyses[0].metrics: expected at least one metric, got none → say what is measured']);
    expect(problems([successRate(0.9), successRate(0.99)])).toEqual([
      'analyses: expected a name of its own for every metric of one run, got "success-rate" more than once → name one otherwise, or judge in two steps',
      'analyses: expected each analysis once in a run, got "storefront-web-success-rate" more than once → leave one out, or name it otherwise',
    ]);
    expect(problems([analysis('both', { includes: [plain('m')], metrics: [{ name: 'm', provider: webRequest('https://acme.example') }] })])).toEqual(['analyses: expected a name of its own for every metric of one run, got "m" more than once → name one otherwise, or judge in two steps']);
  });

  it('have names that fit into labels', () => {
    expect(problems([plain('a'.repeat(60))])[0]).toMatch(/^analyses\[0\]\.name: name of its template: expected a DNS label .*at most 63/);
  });
});
