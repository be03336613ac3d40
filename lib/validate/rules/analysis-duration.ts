import { argumentMeanings, filled } from '../rollouts/arguments.ts';
import { templateName, type AnalysisBook, type AnalysisUser, type KnownUse } from '../rollouts/analysis-book.ts';
import { needsTwoSamples, queryWindows, spelled } from '../rollouts/query-window.ts';
import { analysisLength, measuringsOf, type Measuring } from '../rollouts/measuring.ts';
import { stepTimes, type StepTimes } from '../rollouts/step-times.ts';
import { parseDuration } from '../../values/duration.ts';
import type { FleetRule } from '../rule.ts';
import { dig, record, text } from '../schemas/plain.ts';

type Say = (message: string, fix: string) => void;

/** When an analysis starts and is stopped, in milliseconds since the new version got its first traffic. */
interface Window {
  readonly start: number;
  /** Infinity where it ends by itself, or a person ends it. */
  readonly stop: number;
  /** What stops it: then they are done, then it ends. */
  readonly until: string;
  /** What would have to last longer. */
  readonly longer: string;
}

/** An analysis that is over before there is anything to see passes every version. */
export const analysisDuration: FleetRule = {
  id: 'analysis-duration',
  scope: 'fleet',
  severity: 'error',
  title: 'An analysis lasts as long as its measurements, its query\'s window and a scrape need',
  fix: 'measure longer: raise count, interval or initialDelay, or pause before the analysis',
  check(index, report) {
    const times = new Map<AnalysisUser, StepTimes>();
    for (const known of index.analyses.uses()) {
      const { user, use } = known;
      let own = times.get(user);
      if (own === undefined) times.set(user, (own = stepTimes(user.value, (field) => lengthAt(index.analyses, user, field))));
      const window = windowOf(known, own);
      for (const measuring of measuringsOf(known)) {
        const subject = `the metric ${measuring.metric.name} of ${templateName(measuring.template)}`;
        const say: Say = (message, fix) => report(user.kept, { field: use.field, message: `${subject} ${message}`, fix });
        if (!checkStop(measuring, window, say)) checkWindow(measuring, window, known, say);
      }
    }
  },
};

function lengthAt(book: AnalysisBook, user: AnalysisUser, field: string): number | undefined {
  const known = book.uses().find((each) => each.user === user && each.use.field === field);
  return known === undefined ? undefined : analysisLength(known);
}

function windowOf({ user, use }: KnownUse, times: StepTimes): Window {
  const { starts, traffic, backgroundStep } = times;
  const since = (moment: number): number => (moment === Number.POSITIVE_INFINITY ? moment : Math.max(0, moment - traffic));
  const end = since(starts.at(-1) ?? 0);
  switch (use.place) {
    case 'step':
      return { start: since(starts[use.step ?? 0] ?? 0), stop: Number.POSITIVE_INFINITY, until: '', longer: '' };
    case 'background':
      return { start: since(starts[backgroundStep] ?? 0), stop: end, until: 'the steps are done', longer: 'pause longer in the steps' };
    case 'experiment': {
      const experiment = use.step === undefined ? dig(user.value, 'spec') : dig(user.value, 'spec', 'strategy', 'canary', 'steps');
      const duration = parseDuration(text(Array.isArray(experiment) ? record(experiment[use.step ?? 0], 'experiment') : experiment, 'duration') ?? '');
      return { start: 0, stop: duration ?? Number.POSITIVE_INFINITY, until: 'the experiment ends', longer: 'lengthen the experiment' };
    }
    case 'pre-promotion':
    case 'post-promotion':
      return { start: 0, stop: Number.POSITIVE_INFINITY, until: '', longer: '' };
  }
}

/** What stops an analysis from outside leaves it the time for its measurements, and for enough of them to fail. */
function checkStop({ delay, interval, count, failureLimit, span }: Measuring, { start, stop, until, longer }: Window, say: Say): boolean {
  const time = stop - start;
  if (!Number.isFinite(time) || delay === undefined || interval === undefined || count === undefined) return false;
  const left = `after ${spelled(time)} ${until}`;
  const possible = delay > time ? 0 : Math.min(count, interval > 0 ? Math.floor((time - delay) / interval) + 1 : 1);
  if (delay > 0 && delay >= time) say(`is never measured: its initialDelay is ${spelled(delay)}, but ${left}`, `shorten initialDelay, or ${longer}`);
  else if (Number.isFinite(count) && span !== undefined && span > time) say(`is measured ${count} times in ${spelled(span)}, but ${left}, with ${possible} of them`, `measure fewer times or faster, or ${longer}: ${spelled(span)} in all`);
  else if (failureLimit !== undefined && failureLimit >= possible && count > possible) say(`can never fail: that takes more than ${failureLimit} ${failureLimit === 1 ? 'failure' : 'failures'}, but ${left}, with ${possible} ${possible === 1 ? 'measurement' : 'measurements'}`, `lower failureLimit or interval, or ${longer}`);
  else return false;
  return true;
}

/** The last measurement sees only what there was since the new version got its first traffic. */
function checkWindow({ metric, span }: Measuring, { start, stop }: Window, known: KnownUse, say: Say): void {
  if (span === undefined) return;
  const measured = Math.min(start + span, stop);
  if (!Number.isFinite(measured)) return;
  const [provider = ''] = metric.providers;
  const query = filled(text(record(record(metric.value, 'provider'), provider), 'query') ?? '', argumentMeanings(known));
  const windows = queryWindows(provider, query);
  const shortest = Math.min(...windows);
  if (windows.length > 0 && measured < shortest) {
    const before = start > 0 && Number.isFinite(start) ? ` from the first traffic on` : '';
    say(`measures for ${spelled(measured)}${before}, but its query looks at ${spelled(shortest)}: it would judge what was before the new version`, `shorten the query's window to at most ${spelled(measured)}, or measure longer: pause before the analysis, or raise initialDelay, count or interval by ${spelled(shortest - measured)}`);
    return;
  }
  checkScrapes(query, measured, windows, known, say);
}

/** The pods' own series have a value for each scrape, and a rate needs two. Only queries that tell the pods apart surely read those. */
function checkScrapes(query: string, measured: number, windows: readonly number[], known: KnownUse, say: Say): void {
  const { scrapeInterval } = known.user;
  const hashes = [...argumentMeanings(known)].flatMap(([name, { kind }]) => (kind === 'hash' ? [name] : []));
  const ofPods = query.includes('pod_template_hash') || hashes.some((name) => new RegExp(`\\{\\{\\s*args\\.${name.replace(/[^\w-]/g, '\\$&')}\\s*\\}\\}`).test(query));
  if (scrapeInterval === undefined || !ofPods) return;
  const longest = Math.max(0, ...windows);
  if (windows.length > 0 && needsTwoSamples(query) && longest < 2 * scrapeInterval) {
    say(`looks at ${spelled(longest)}, but its pods are scraped every ${spelled(scrapeInterval)}: a rate needs two samples in its window, and there is never a result`, `widen the window to at least ${spelled(2 * scrapeInterval)}, better ${spelled(4 * scrapeInterval)}, or scrape more often`);
  } else if (windows.length === 0 && measured < scrapeInterval) {
    say(`measures for ${spelled(measured)}, but its pods are scraped every ${spelled(scrapeInterval)}: there may be nothing of the new version yet`, `measure for at least ${spelled(scrapeInterval)}: raise initialDelay, count or interval`);
  }
}
