/** A new path: the whole of it, or what replaces the matched prefix. */
export type NewPath = { readonly full: string } | { readonly prefix: string };

/** What is changed in headers. */
export interface HeaderChanges {
  /** Headers that are set, whatever came (`set`). @default {} */
  readonly set?: Readonly<Record<string, string>>;
  /** Headers that are added to those that came (`add`). @default {} */
  readonly add?: Readonly<Record<string, string>>;
  /** Headers that are taken out (`remove`). @default [] */
  readonly remove?: readonly string[];
}

/** Where a redirect leads; what isn't said stays as the request has it. */
export interface RedirectOptions {
  /** @default - the request's */
  readonly scheme?: 'http' | 'https';
  /** Host name, written out (`hostname`). @default - the request's */
  readonly host?: string;
  /** @default - the scheme's own, else the listener's */
  readonly port?: number;
  /** @default - the request's */
  readonly path?: NewPath;
  /** Whether clients may remember it: 301 and 308 they do; 307 and 308 keep method and body (`statusCode`). @default 302 */
  readonly status?: 301 | 302 | 303 | 307 | 308;
}

/** What a rewrite changes before the request goes to the app. */
export interface RewriteOptions {
  /** Host name, written out (`hostname`). @default - the request's */
  readonly host?: string;
  /** @default - the request's */
  readonly path?: NewPath;
}

/** One thing that is done with requests or answers. */
export type HttpFilter =
  | ({ readonly filter: 'redirect' } & RedirectOptions)
  | ({ readonly filter: 'rewrite' } & RewriteOptions)
  | ({ readonly filter: 'request-headers' } & HeaderChanges)
  | ({ readonly filter: 'response-headers' } & HeaderChanges);

/** Answers with a redirect. */
export function redirectTo(options: RedirectOptions): HttpFilter {
  return { filter: 'redirect', ...options };
}

/** Changes host or path before the request goes to the app. */
export function rewriteTo(options: RewriteOptions): HttpFilter {
  return { filter: 'rewrite', ...options };
}

/** Changes the headers that the app gets. */
export function requestHeaders(changes: HeaderChanges): HttpFilter {
  return { filter: 'request-headers', ...changes };
}

/** Changes the headers that clients get. */
export function responseHeaders(changes: HeaderChanges): HttpFilter {
  return { filter: 'response-headers', ...changes };
}
