/** Which series are compared, and when (`controlScope`, `experimentScope`). */
export interface KayentaScopeDetail {
  /** What tells the version, such as `{{args.canary-hash}}` (`scope`). */
  readonly scope: string;
  /** Where it runs, as the metrics store has it (`region`). */
  readonly region: string;
  /** Seconds between two values (`step`). @default 60 */
  readonly step?: number;
  /** First instant, RFC 3339 (`start`). @default - an interval before the measurement, or the start of the analysis with `lookback` */
  readonly start?: string;
  /** Last instant, RFC 3339 (`end`). @default - the measurement */
  readonly end?: string;
}

/** A running and a new version that are compared (`scopes[]`). */
export interface KayentaScopePair {
  /** The running version (`controlScope`). */
  readonly control: KayentaScopeDetail;
  /** The new version (`experimentScope`). */
  readonly experiment: KayentaScopeDetail;
}

/** What `kayentaScore()` takes (`metrics[].provider.kayenta`). */
export interface KayentaScoreOptions {
  /** URL of Kayenta (`address`). */
  readonly address: string;
  /** `application`. */
  readonly application: string;
  /** Name of the canary config (`canaryConfigName`). */
  readonly canaryConfig: string;
  /** Names of the accounts (`metricsAccountName`, `configurationAccountName`, `storageAccountName`). The controller looks the config up in `storage`. */
  readonly accounts: { readonly metrics: string; readonly configuration: string; readonly storage: string };
  /** Score from which a version passes, and from which it is inconclusive rather than failed; 0 to 100 (`threshold`). @default { pass: 90, marginal: 75 } */
  readonly threshold?: { readonly pass: number; readonly marginal: number };
  /** Whether everything since the start of the analysis is compared, instead of the last interval (`lookback`). @default false */
  readonly lookback?: boolean;
  /** What is compared, by the name that the canary config has for it (`scopes[]`). */
  readonly scopes: Readonly<Record<string, KayentaScopePair>>;
}

/** A comparison by Kayenta. It judges by the threshold: there are no conditions. */
export interface KayentaScore extends KayentaScoreOptions {
  readonly provider: 'kayenta';
}

/** Measures by Kayenta's automated canary analysis: a score of 0 to 100. */
export function kayentaScore(options: KayentaScoreOptions): KayentaScore {
  return { provider: 'kayenta', ...options };
}
