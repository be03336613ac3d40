import type { IHTTPRouteMatch } from '@kubernetes-models/gateway-api/gateway.networking.k8s.io/v1/HTTPRouteMatch';
import { compareText } from '../../values/errors.ts';
import type { HttpMatchOptions, TextMatch } from './http-route-options.ts';

interface NamedMatch {
  type: 'Exact' | 'RegularExpression';
  name: string;
  value: string;
}

/** A match as HTTPRoute has it, every default written out. */
export function matchFor(options: HttpMatchOptions): IHTTPRouteMatch {
  const headers = namedMatches(options.headers);
  const queryParams = namedMatches(options.query);
  return {
    path: pathMatch(options.path ?? '/'),
    ...(headers.length > 0 && { headers }),
    ...(queryParams.length > 0 && { queryParams }),
    ...(options.method !== undefined && { method: options.method }),
  };
}

function pathMatch(path: NonNullable<HttpMatchOptions['path']>): NonNullable<IHTTPRouteMatch['path']> {
  if (typeof path === 'string') return { type: 'PathPrefix', value: path };
  if ('exact' in path) return { type: 'Exact', value: path.exact };
  if ('prefix' in path) return { type: 'PathPrefix', value: path.prefix };
  return { type: 'RegularExpression', value: path.regex };
}

function namedMatches(values: Readonly<Record<string, TextMatch>> | undefined): NamedMatch[] {
  return Object.entries(values ?? {}).sort(([a], [b]) => compareText(a, b)).map(([name, value]) => typeof value === 'string'
    ? { type: 'Exact', name, value }
    : { type: 'RegularExpression', name, value: value.regex });
}
