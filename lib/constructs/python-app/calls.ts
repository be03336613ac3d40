import type { AnyApp, ServiceEndpoint } from '../../model/app.ts';
import { compareText, SlipwayError, type Problem } from '../../values/errors.ts';
import type { AppChart, ResolvedEndpoint } from '../app-chart.ts';
import { envNameOf } from '../secret-use.ts';
import { callsLabel } from '../workload-identity.ts';
import type { CallInput } from './pod-props.ts';

/** A Service of another app that is called, resolved for this environment. */
export interface ResolvedCall {
  readonly target: ResolvedEndpoint;
  /** Environment variable with its URL. */
  readonly env: string;
}

/** Names the environment variable for the address of an app that is called: `call(flaskApi.endpoints.http, { env: 'PRICES_URL' })`. */
export function call(to: AnyApp | ServiceEndpoint, options: { readonly env: string }): CallInput {
  return { to, ...options };
}

/** Where the calls of a construct lead, and what is wrong with them. */
export function resolveCalls(calls: readonly CallInput[], chart: Pick<AppChart, 'resolve'>, where: string): { readonly calls: readonly ResolvedCall[]; readonly problems: readonly Problem[] } {
  const resolved: ResolvedCall[] = [];
  const problems: Problem[] = [];
  for (const [index, call] of calls.entries()) {
    const at = `${where}: calls[${index}]`;
    const to = 'to' in call ? call.to : call;
    const endpoint = 'endpoints' in to ? onlyEndpoint(to, at) : to;
    if ('message' in endpoint) {
      problems.push(endpoint);
      continue;
    }
    const env = 'to' in call ? call.env : `${envNameOf(endpoint.app)}_URL`;
    if (resolved.some((each) => each.env === env)) {
      problems.push({ where: at, message: `expected an environment variable of its own, got ${env} a second time`, fix: 'name it: call(endpoint, { env: \'…\' })' });
      continue;
    }
    try {
      resolved.push({ target: chart.resolve(endpoint), env });
    } catch (error) {
      if (!(error instanceof SlipwayError)) throw error;
      problems.push(...error.problems.map((problem) => ({ ...problem, where: at })));
    }
  }
  return { calls: resolved, problems };
}

/** Labels by which the apps that are called know the caller's pods. */
export function callLabels(calls: readonly ResolvedCall[]): Record<string, string> {
  return Object.fromEntries(calls.map((call) => [callsLabel(call.target.app), 'true']));
}

function onlyEndpoint(app: AnyApp, where: string): ServiceEndpoint | Problem {
  const endpoints = Object.values(app.endpoints);
  const [endpoint] = endpoints;
  if (endpoint === undefined) return { where, message: `expected an app that provides a Service, got ${app.name}, which provides none`, fix: `say \`provides\` in the app's file` };
  if (endpoints.length === 1) return endpoint;
  const names = Object.keys(app.endpoints).sort(compareText);
  return { where, message: `expected one Service, got ${app.name}, which provides ${names.join(', ')}`, fix: `choose one, such as endpoints.${names[0] ?? ''}` };
}
