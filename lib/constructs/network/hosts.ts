import { hostnameProblem } from '../../values/names.ts';

/** Host names written out: `shop` becomes `shop.<domain>`, a name with a dot stays; sorted by nothing but the order said, each once. */
export function hostsOf(host: string | readonly string[], domain: string): string[] {
  const names = typeof host === 'string' ? [host] : host;
  return [...new Set(names.map((name) => name.includes('.') ? name : `${name}.${domain}`))];
}

/** What is wrong with a host name: one label, a full name, or `*.` and a name. */
export function hostProblem(text: string): string | undefined {
  return hostnameProblem(text, { wildcard: true });
}
