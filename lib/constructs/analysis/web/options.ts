import type { OAuth2Options } from '../prometheus/options.ts';

/** What `webRequest()` takes beside the URL (`metrics[].provider.web`). */
export interface WebRequestOptions {
  /** `method`. @default - none written: GET */
  readonly method?: 'GET' | 'POST' | 'PUT';
  /** Headers of the request; what is secret is an argument: `Bearer {{args.token}}` (`headers`). `Host` can't be set: the controller ignores it. @default {} */
  readonly headers?: Readonly<Record<string, string>>;
  /** Text that is sent, with POST or PUT (`body`). @default - nothing */
  readonly body?: string;
  /** Data that is sent as JSON, with POST or PUT (`jsonBody`). @default - nothing */
  readonly json?: Readonly<Record<string, unknown>>;
  /** Where in the answer `result` is, as `kubectl`'s JSONPath has it, such as `{$.data.ok}` (`jsonPath`). @default - none written: the whole answer */
  readonly jsonPath?: string;
  /** Seconds within which it answers (`timeoutSeconds`). @default - none written: 10 */
  readonly timeoutSeconds?: number;
  /** Whether the server's certificate isn't verified (`insecure`). @default false */
  readonly insecure?: boolean;
  /** How the controller proves who it is (`authentication`). @default - not at all */
  readonly authentication?: { readonly oauth2: OAuth2Options };
}

/**
 * A request that the controller makes. Any status but 2xx is an error; `result` is what the JSON of the answer holds. An answer that isn't JSON is
 * a success whatever the conditions say: the controller doesn't look at them.
 */
export interface WebRequest extends WebRequestOptions {
  readonly provider: 'web';
  /** `url`. */
  readonly url: string;
}

/** Measures by a request: `webRequest('http://{{args.service}}.{{args.namespace}}.svc:{{args.port}}/health')`. */
export function webRequest(url: string, options: WebRequestOptions = {}): WebRequest {
  return { provider: 'web', url, ...options };
}
