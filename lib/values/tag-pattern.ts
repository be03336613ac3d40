import { createRequire } from 'node:module';
import { shown } from './shown.ts';

// Loaded when a pattern is first looked at: few runs have one.
const load = createRequire(import.meta.url);
let loaded: typeof import('re2js') | undefined;
function re2(): typeof import('re2js') {
  loaded ??= load('re2js') as typeof import('re2js');
  return loaded;
}

/** What is wrong with a pattern of RE2, the regular expressions of Go, which know neither look-ahead nor back-references. */
export function tagPatternProblem(pattern: string): string | undefined {
  const { RE2JS, RE2JSSyntaxException } = re2();
  try {
    RE2JS.compile(pattern);
    return undefined;
  } catch (error) {
    if (!(error instanceof RE2JSSyntaxException)) throw error;
    return `expected a pattern of RE2, got ${shown(pattern)}: ${error.message.replace(/^error parsing regexp: /, '')}`;
  }
}

/** Whether a pattern is found in a tag; it has to be anchored to match the whole. The pattern must be sound. */
export function tagMatches(pattern: string, tag: string): boolean {
  return re2().RE2JS.compile(pattern).matcher(tag).find();
}

/** What a replacement such as `$seconds`, `${seconds}` or `$1` makes of a tag, as Go's `Expand` does; undefined where the pattern isn't found. */
export function extractFrom(pattern: string, replacement: string, tag: string): string | undefined {
  const compiled = re2().RE2JS.compile(pattern);
  const matcher = compiled.matcher(tag);
  if (!matcher.find()) return undefined;
  const names = compiled.namedGroups();
  return replacement.replace(/\$(?:\$|\{(\w+)\}|(\w+))/g, (_, braced: string | undefined, bare: string | undefined) => {
    const name = braced ?? bare;
    if (name === undefined) return '$';
    const index = /^\d+$/.test(name) ? Number(name) : names[name];
    return index === undefined || index > matcher.groupCount() ? '' : matcher.group(index) ?? '';
  });
}

/** What is wrong with a replacement for a pattern: a group that the pattern doesn't have would be empty. */
export function replacementProblem(pattern: string, replacement: string): string | undefined {
  const compiled = re2().RE2JS.compile(pattern);
  const names = compiled.namedGroups();
  const missing = [...replacement.matchAll(/\$(?:\$|\{(\w+)\}|(\w+))/g)].flatMap(([, braced, bare]) => {
    const name = braced ?? bare;
    if (name === undefined) return [];
    return /^\d+$/.test(name) ? (Number(name) > compiled.groupCount() ? [name] : []) : names[name] === undefined ? [name] : [];
  });
  if (missing.length > 0) {
    const known = [...Object.keys(names).sort(), ...Array.from({ length: compiled.groupCount() + 1 }, (_, index) => String(index))];
    return `expected groups that the pattern has (${known.join(', ')}), got ${missing.map((name) => `$${name}`).join(', ')}`;
  }
  return undefined;
}
