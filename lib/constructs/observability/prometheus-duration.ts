const grammar = /^(?:([0-9]+)y)?(?:([0-9]+)w)?(?:([0-9]+)d)?(?:([0-9]+)h)?(?:([0-9]+)m)?(?:([0-9]+)s)?(?:([0-9]+)ms)?$/;
const units = [31_536_000, 604_800, 86_400, 3600, 60, 1, 0.001];

/** Seconds of a duration as Prometheus has it (`1m30s`), undefined when it is none. */
export function prometheusDurationSeconds(text: string): number | undefined {
  const match = text === '' ? null : grammar.exec(text);
  return match === null ? undefined : units.reduce((sum, unit, index) => sum + Number(match[index + 1] ?? 0) * unit, 0);
}
