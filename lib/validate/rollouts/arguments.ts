import { dig, isRecord, list, record, text } from '../schemas/plain.ts';
import { argumentUse } from '../scope/analysis.ts';
import type { KnownUse } from './analysis-book.ts';

/** What an argument will be when the analysis starts. */
export type ArgumentMeaning =
  | { readonly kind: 'text'; readonly text: string }
  /** The hash of a version's pods. */
  | { readonly kind: 'hash' }
  /** A field of the Rollout. */
  | { readonly kind: 'field'; readonly path: string }
  | { readonly kind: 'secret' }
  /** Nobody says it. */
  | { readonly kind: 'open' };

/** An argument that a template declares. */
export interface DeclaredArgument {
  readonly name: string;
  /** Its own value. @default - none */
  readonly value: string | undefined;
  /** Whether it has neither a value nor a place to take one from. */
  readonly open: boolean;
  readonly field: string;
}

/** The arguments that a template declares, in order. */
export function declaredArguments(template: unknown): DeclaredArgument[] {
  return list(record(template, 'spec'), 'args').flatMap((arg, index): DeclaredArgument[] => {
    const name = text(arg, 'name');
    if (name === undefined) return [];
    const value = dig(arg, 'value');
    return [{ name, value: typeof value === 'string' ? value : undefined, open: typeof value !== 'string' && !isRecord(dig(arg, 'valueFrom')), field: `spec.args[${index}]` }];
  });
}

/** What each argument of an analysis will be: what is given to it before what its templates say themselves, which are read in the controller's order. */
export function argumentMeanings({ use, templates }: Pick<KnownUse, 'templates' | 'use'>): Map<string, ArgumentMeaning> {
  const meanings = new Map<string, ArgumentMeaning>();
  for (const arg of templates.flatMap(({ value }) => list(record(value, 'spec'), 'args'))) {
    const name = text(arg, 'name');
    // A later template replaces what has no value yet.
    if (name !== undefined && meanings.get(name)?.kind !== 'text') meanings.set(name, meaningOf(dig(arg, 'value'), record(arg, 'valueFrom')));
  }
  for (const { name, value, valueFrom } of use.given) if (meanings.has(name)) meanings.set(name, meaningOf(value ?? '', valueFrom));
  return meanings;
}

/** A text with the arguments filled in whose text is known; the others stay as they are. */
export function filled(source: string, meanings: ReadonlyMap<string, ArgumentMeaning>): string {
  return source.replace(argumentUse, (use, name: string) => {
    const meaning = meanings.get(name);
    return meaning?.kind === 'text' ? meaning.text : use;
  });
}

function meaningOf(value: unknown, from: Readonly<Record<string, unknown>> | undefined): ArgumentMeaning {
  if (from !== undefined) {
    if (from['podTemplateHashValue'] !== undefined) return { kind: 'hash' };
    if (isRecord(from['fieldRef'])) return { kind: 'field', path: text(from['fieldRef'], 'fieldPath') ?? '' };
    if (isRecord(from['secretKeyRef'])) return { kind: 'secret' };
  }
  return typeof value === 'string' ? { kind: 'text', text: value } : { kind: 'open' };
}
