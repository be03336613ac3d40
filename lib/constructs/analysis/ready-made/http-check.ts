import type { ArgumentValue, MetricOptions, OwnAnalysis } from '../analysis.ts';
import { webRequest, type WebRequestOptions } from '../web/options.ts';
import { knownArguments } from './known-arguments.ts';

/** What `httpCheck()` takes. */
export interface HttpCheckOptions extends WebRequestOptions, Pick<MetricOptions, 'dryRun' | 'failureCondition' | 'failureLimit' | 'initialDelay' | 'keep' | 'successCondition'> {
  /** Name of the analysis, and of its metric. @default 'http-check' */
  readonly name?: string;
  /** Scheme of the request. @default 'http' */
  readonly scheme?: 'http' | 'https';
  /** Time between two requests. @default '10s' */
  readonly interval?: string;
  /** Number of good answers; `unlimited` in the background. @default 5 */
  readonly count?: number | 'unlimited';
  /** Requests in a row that may stay without a good answer: one more ends the check badly. @default 2 */
  readonly consecutiveErrorLimit?: MetricOptions['consecutiveErrorLimit'];
  /** Values of further arguments that the texts use. @default {} */
  readonly args?: Readonly<Record<string, ArgumentValue>>;
}

/** What a check is where nothing is said. */
export const httpCheckDefaults = { name: 'http-check', scheme: 'http', interval: '10s', count: 5, consecutiveErrorLimit: 2 } as const;

/**
 * Whether the new version answers a request with 2xx: `httpCheck('/health')`, five times in a row of ten seconds, and no three failures one after the
 * other. With `successCondition` its JSON is judged too; an answer that isn't JSON is good whatever the condition says. The request's host is the
 * canary Service's name, which the app has to allow (Django's ALLOWED_HOSTS).
 */
export function httpCheck(path: string, options: HttpCheckOptions = {}): OwnAnalysis {
  const { name = httpCheckDefaults.name, scheme = httpCheckDefaults.scheme, interval = httpCheckDefaults.interval, count = httpCheckDefaults.count, consecutiveErrorLimit = httpCheckDefaults.consecutiveErrorLimit, initialDelay, successCondition, failureCondition, failureLimit, dryRun, keep, args, ...request } = options;
  const metric: MetricOptions = {
    name,
    interval,
    ...(initialDelay !== undefined && { initialDelay }),
    ...(count !== 'unlimited' && { count }),
    ...(successCondition !== undefined && { successCondition }),
    ...(failureCondition !== undefined && { failureCondition }),
    ...(failureLimit !== undefined && { failureLimit }),
    consecutiveErrorLimit,
    ...(dryRun !== undefined && { dryRun }),
    ...(keep !== undefined && { keep }),
    provider: webRequest(`${scheme}://{{args.canary-service}}.{{args.namespace}}.svc:{{args.port}}${path.startsWith('/') ? '' : '/'}${path}`, request),
  };
  return { kind: 'analysis', name, args: knownArguments(metric, args), metrics: [metric] };
}
