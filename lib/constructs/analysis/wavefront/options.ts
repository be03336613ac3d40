/** A query of Wavefront (VMware Aria Operations for Applications). `result` is a number, or a list of numbers where several series answer; none is an error. */
export interface WavefrontQuery {
  readonly provider: 'wavefront';
  /** Host of the server without scheme, such as `example.wavefront.com` (`address`): a key of the Secret `wavefront-api-tokens` beside the controller, which holds its token. */
  readonly address: string;
  /** In Wavefront's query language (`query`). */
  readonly query: string;
}

/** Measures by Wavefront: `wavefrontQuery('example.wavefront.com', 'avg(ts(app.errors, hash="{{args.canary-hash}}"))')`. */
export function wavefrontQuery(address: string, query: string): WavefrontQuery {
  return { provider: 'wavefront', address, query };
}
