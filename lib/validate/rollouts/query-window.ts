const units: Readonly<Record<string, number>> = { ms: 1, s: 1000, m: 60_000, h: 3_600_000, d: 86_400_000, w: 604_800_000, y: 31_536_000_000 };

/** A duration as Prometheus writes it, such as `5m` or `1h30m`, in milliseconds; undefined when it is none. */
export function promDuration(source: string): number | undefined {
  if (!/^(\d+(ms|[smhdwy]))+$/.test(source)) return undefined;
  return [...source.matchAll(/(\d+)(ms|[smhdwy])/g)].reduce((sum, [, amount, unit = '']) => sum + Number(amount) * (units[unit] ?? 0), 0);
}

/** The spans of time that a query looks back over, in milliseconds, in the order in which they stand. */
export function queryWindows(provider: string, query: string): number[] {
  switch (provider) {
    case 'prometheus':
      // What stands in quotes may look like a range: `code=~"[45].."`.
      return [...query.replace(/"(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*'|`[^`]*`|#.*$/gm, '""').matchAll(/\[\s*([0-9a-z]+)\s*(?::[^\]]*)?\]/g)].flatMap(([, span = '']) => promDuration(span) ?? []);
    case 'wavefront':
      return [...query.matchAll(/\bm(?:avg|sum|median|max|min|count|var|diff)\(\s*(\d+[smhdw])\b/g)].flatMap(([, span = '']) => promDuration(span) ?? []);
    default:
      return [];
  }
}

/** Whether a Prometheus query needs two samples in its range. */
export function needsTwoSamples(query: string): boolean {
  return /\b(?:rate|irate|increase|delta|idelta|deriv)\s*\(/.test(query);
}

/** Milliseconds as a person would say them: `40s`, `5m`, `1h30m`. */
export function spelled(milliseconds: number): string {
  if (milliseconds < 1000) return milliseconds === 0 ? '0s' : `${milliseconds}ms`;
  const seconds = Math.round(milliseconds / 1000);
  const parts = [[Math.floor(seconds / 3600), 'h'], [Math.floor((seconds % 3600) / 60), 'm'], [seconds % 60, 's']] as const;
  return parts.map(([amount, unit]) => (amount === 0 ? '' : `${amount}${unit}`)).join('');
}
