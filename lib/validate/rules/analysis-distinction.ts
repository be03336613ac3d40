import { argumentMeanings, filled, type ArgumentMeaning } from '../rollouts/arguments.ts';
import { templateName } from '../rollouts/analysis-book.ts';
import { dig, isRecord, list, record, text } from '../schemas/plain.ts';
import { argumentUse, metricsOf, type AnalysisMetric } from '../scope/analysis.ts';
import { blueGreenOf, canaryOf, rolloutServices } from '../scope/rollout.ts';
import { textEntries } from '../scope/selector.ts';
import type { FleetRule } from '../rule.ts';

/** Providers that answer a query about whatever it selects. */
export const queried: ReadonlySet<string> = new Set(['cloudWatch', 'datadog', 'graphite', 'influxdb', 'newRelic', 'prometheus', 'skywalking', 'wavefront']);

/** By what series of a new version are told from others: such words, a version of an experiment, one backend of a route as Envoy Gateway names it. */
const telling = /canary|preview|baseline|experiment|pod[-_]template[-_]hash|\{\{\s*templates\.|\/rule\/\d+\/backend\/\d+/i;

/** Of an analysis, what its metrics can tell a version by. */
interface Names {
  /** Names that mean the new version: its Service, its labels, its subset. */
  readonly fresh: readonly string[];
  /** Services of the running version alone. */
  readonly running: readonly string[];
  /** Names in which words mean nothing: of the Rollout itself. */
  readonly own: readonly string[];
}

/** A query that takes all pods together judges mostly the running version: at 20 % a version that always fails is a success rate of 80 %. */
export const analysisDistinction: FleetRule = {
  id: 'analysis-distinction',
  scope: 'fleet',
  severity: 'error',
  title: 'A metric of an analysis tells the new version from the running one',
  fix: 'select the new version: its Service, or the label rollouts_pod_template_hash with an argument from podTemplateHashValue: Latest',
  check(index, report) {
    for (const known of index.analyses.uses()) {
      // After a promotion there is only the new version behind the active Service.
      if (known.use.place === 'post-promotion') continue;
      const meanings = argumentMeanings(known);
      const names = namesOf(known.user.value);
      for (const template of known.templates) {
        for (const metric of metricsOf(template.value)) {
          const problem = problemOf(metric, meanings, names);
          if (problem !== undefined) report(known.user.kept, { field: known.use.field, message: `the metric ${metric.name} of ${templateName(template)} ${problem}` });
        }
      }
    }
  },
};

function problemOf(metric: AnalysisMetric, meanings: KnownMeanings, names: Names): string | undefined {
  const [provider = ''] = metric.providers;
  const config = record(record(metric.value, 'provider'), provider);
  if (config === undefined) return undefined;
  if (queried.has(provider)) return queryProblem(config, meanings, names);
  if (provider === 'web') return webProblem(text(config, 'url') ?? '', meanings, names);
  return provider === 'kayenta' ? kayentaProblem(config, meanings) : undefined;
}

type KnownMeanings = ReadonlyMap<string, ArgumentMeaning>;

function queryProblem(config: Readonly<Record<string, unknown>>, meanings: KnownMeanings, names: Names): string | undefined {
  const { address: _, authentication: __, headers: ___, ...query } = config;
  const source = JSON.stringify(query);
  if ([...source.matchAll(argumentUse)].some(([, name = '']) => tells(meanings.get(name), names))) return undefined;
  let shown = filled(source, meanings);
  if (names.fresh.some((name) => holds(shown, name))) return undefined;
  for (const name of names.own) shown = shown.split(name).join('');
  return telling.test(shown) ? undefined : 'asks about all versions together: its query names neither the new version\'s Service nor the hash of its pods';
}

/** Whether an argument can differ between two versions. */
function tells(meaning: ArgumentMeaning | undefined, names: Names): boolean {
  switch (meaning?.kind) {
    case 'field':
      return meaning.path !== 'metadata.name' && meaning.path !== 'metadata.namespace';
    case 'secret':
      return false;
    case 'text':
      return names.fresh.includes(meaning.text) || names.fresh.includes(meaning.text.split('.')[0] ?? '');
    default:
      return true;
  }
}

function webProblem(url: string, meanings: KnownMeanings, names: Names): string | undefined {
  const host = /^[a-z]+:\/\/([^/:?#]+)/i.exec(filled(url, meanings))?.[1] ?? '';
  const service = host.split('.')[0] ?? '';
  return names.running.includes(service) && !names.fresh.includes(service) ? `asks the Service ${service}, behind which there is the running version alone` : undefined;
}

/** Kayenta compares two versions. */
function kayentaProblem(config: unknown, meanings: KnownMeanings): string | undefined {
  for (const scope of list(config, 'scopes')) {
    const [control, experiment] = (['controlScope', 'experimentScope'] as const).map((each) => filled(JSON.stringify([dig(scope, each, 'scope'), dig(scope, each, 'region')]), meanings));
    if (control === experiment && dig(scope, 'controlScope', 'start') === dig(scope, 'experimentScope', 'start')) return `compares a version with itself: in ${text(scope, 'name') ?? 'its scope'} controlScope and experimentScope are the same`;
  }
  return undefined;
}

function namesOf(user: unknown): Names {
  const canary = canaryOf(user);
  const blueGreen = blueGreenOf(user);
  const services = rolloutServices(user);
  const istio = record(dig(canary, 'trafficRouting', 'istio'), 'destinationRule');
  const labels = [dig(canary, 'canaryMetadata'), dig(blueGreen, 'previewMetadata')].filter(isRecord).flatMap((metadata) => [...textEntries(metadata['labels'])].flat());
  const running = services.filter(({ role }) => role === 'stable' || role === 'active').map(({ name }) => name);
  const fresh = services.filter(({ role }) => role !== 'stable' && role !== 'active').map(({ name }) => name);
  const own = [text(dig(user, 'metadata'), 'name') ?? '', ...running].filter((name) => name !== '').sort((a, b) => b.length - a.length);
  return { fresh: [...fresh, ...labels, text(istio, 'canarySubsetName') ?? ''].filter((name) => name !== ''), running, own };
}

/** Whether a text has a name as a word of its own. */
function holds(source: string, name: string): boolean {
  for (let at = source.indexOf(name); at >= 0; at = source.indexOf(name, at + 1)) {
    if (!/[\w-]/.test(source[at - 1] ?? '') && !/[\w-]/.test(source[at + name.length] ?? '')) return true;
  }
  return false;
}
