import type { z } from 'zod';
import type { HttpFilter } from './http-filters.ts';
import type { HttpMatchOptions, HttpRouteInput, HttpRuleOptions } from './http-route-options.ts';

/** What must hold between the options of one rule, as Gateway API's own rules have it. */
export function ruleRules(rule: HttpRuleOptions, context: z.RefinementCtx): void {
  const report = (path: PropertyKey[], message: string): void => context.addIssue({ code: 'custom', path, message });
  for (const field of ['path', 'headers', 'query', 'method'] as const) {
    if (rule.matches !== undefined && rule[field] !== undefined) report([field], 'expected nothing beside `matches`, which says it for each alternative');
  }
  const filters = rule.filters ?? [];
  filters.forEach((filter, index) => {
    if (filters.findIndex((each) => each.filter === filter.filter) !== index) report(['filters', index], `expected each kind of filter once, got ${filter.filter} twice`);
  });
  const redirects = filters.some((filter) => filter.filter === 'redirect');
  if (redirects && filters.some((filter) => filter.filter === 'rewrite')) report(['filters'], 'expected a redirect or a rewrite, got both');
  if (redirects && rule.backends !== undefined) report(['backends'], 'expected no backends with a redirect: the request goes nowhere else');
  const matches: readonly HttpMatchOptions[] = rule.matches ?? [rule];
  filters.forEach((filter, index) => {
    if (replacesPrefix(filter) && !(matches.length === 1 && isPrefix(matches[0]))) {
      report(['filters', index, 'path', 'prefix'], 'expected a rule with exactly one match, by path prefix, where a prefix is replaced');
    }
  });
}

/** What must hold between the options of a route. */
export function routeRules(route: Pick<HttpRouteInput, 'host' | 'path' | 'rules'>, context: z.RefinementCtx): void {
  const report = (path: PropertyKey[], message: string): void => context.addIssue({ code: 'custom', path, message });
  if (route.rules !== undefined && route.path !== undefined) report(['path'], 'expected nothing beside `rules`, each of which says its own path');
  const matches = (route.rules ?? []).reduce((sum, rule) => sum + (rule.matches?.length ?? 1), 0);
  if (matches > 128) report(['rules'], `expected at most 128 matches in all rules together, got ${matches}`);
  if (Array.isArray(route.host) && route.host.length > 16) report(['host'], `expected at most 16 host names, got ${route.host.length}`);
}

function replacesPrefix(filter: HttpFilter): boolean {
  return (filter.filter === 'redirect' || filter.filter === 'rewrite') && filter.path !== undefined && 'prefix' in filter.path;
}

function isPrefix(match: HttpMatchOptions | undefined): boolean {
  const path = match?.path;
  return path === undefined || typeof path === 'string' || 'prefix' in path;
}
