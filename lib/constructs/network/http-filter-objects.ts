import type { IHTTPHeaderFilter } from '@kubernetes-models/gateway-api/gateway.networking.k8s.io/v1/HTTPHeaderFilter';
import type { IHTTPPathModifier } from '@kubernetes-models/gateway-api/gateway.networking.k8s.io/v1/HTTPPathModifier';
import type { IHTTPRouteFilter } from '@kubernetes-models/gateway-api/gateway.networking.k8s.io/v1/HTTPRouteFilter';
import { compareText } from '../../values/errors.ts';
import type { HeaderChanges, HttpFilter, NewPath } from './http-filters.ts';

/** A filter as HTTPRoute has it. */
export function filterFor(filter: HttpFilter): IHTTPRouteFilter {
  switch (filter.filter) {
    case 'redirect':
      return {
        type: 'RequestRedirect',
        requestRedirect: {
          ...(filter.scheme !== undefined && { scheme: filter.scheme }),
          ...(filter.host !== undefined && { hostname: filter.host }),
          ...(filter.port !== undefined && { port: filter.port }),
          ...(filter.path !== undefined && { path: pathModifier(filter.path) }),
          statusCode: filter.status ?? 302,
        },
      };
    case 'rewrite':
      return {
        type: 'URLRewrite',
        urlRewrite: {
          ...(filter.host !== undefined && { hostname: filter.host }),
          ...(filter.path !== undefined && { path: pathModifier(filter.path) }),
        },
      };
    case 'request-headers':
      return { type: 'RequestHeaderModifier', requestHeaderModifier: headerChanges(filter) };
    case 'response-headers':
      return { type: 'ResponseHeaderModifier', responseHeaderModifier: headerChanges(filter) };
    default:
      return unknownFilter(filter);
  }
}

function pathModifier(path: NewPath): IHTTPPathModifier {
  return 'full' in path ? { type: 'ReplaceFullPath', replaceFullPath: path.full } : { type: 'ReplacePrefixMatch', replacePrefixMatch: path.prefix };
}

function headerChanges(changes: HeaderChanges): IHTTPHeaderFilter {
  const set = headerList(changes.set);
  const add = headerList(changes.add);
  const remove = [...changes.remove ?? []].sort(compareText);
  return { ...(set.length > 0 && { set }), ...(add.length > 0 && { add }), ...(remove.length > 0 && { remove }) };
}

function headerList(headers: Readonly<Record<string, string>> | undefined): { name: string; value: string }[] {
  return Object.entries(headers ?? {}).sort(([a], [b]) => compareText(a, b)).map(([name, value]) => ({ name, value }));
}

function unknownFilter(filter: never): never {
  throw new TypeError(`unknown filter: ${JSON.stringify(filter)}`);
}
