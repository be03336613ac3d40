import type { AnalysisFact, ArgumentValue } from '../analysis.ts';
import { argumentsIn, textsIn } from '../texts.ts';

/** What Slipway knows of an app, in the order in which arguments are declared. */
const facts: readonly AnalysisFact[] = ['name', 'namespace', 'environment', 'canary-service', 'stable-service', 'port', 'canary-hash', 'stable-hash'];

/** Arguments of the facts that texts use by their own names (`{{args.canary-hash}}`), with what is said beside them. */
export function knownArguments(texts: unknown, said: Readonly<Record<string, ArgumentValue>> = {}): Readonly<Record<string, ArgumentValue>> {
  const used = new Set(textsIn(texts).flatMap(({ text }) => argumentsIn(text)));
  return { ...Object.fromEntries(facts.filter((fact) => used.has(fact)).map((fact) => [fact, { fact }])), ...said };
}
