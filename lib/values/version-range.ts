import { shown } from './shown.ts';

/** A semantic version; a leading "v" is no part of it. */
export interface Version {
  readonly numbers: readonly [number, number, number];
  /** Identifiers of a pre-release, such as `rc`, `1`; empty for a release. */
  readonly pre: readonly string[];
}

/** A condition that a version has to meet. */
interface Condition {
  readonly operator: '!=' | '<' | '<=' | '>' | '>=';
  readonly version: Version;
}

/** Alternatives, each a list of clauses; a clause that names no pre-release accepts none. */
type Range = readonly (readonly Clause[])[];
interface Clause {
  readonly negated: boolean;
  readonly conditions: readonly Condition[];
  readonly pre: boolean;
}

const versionPattern = /^v?(\d+)\.(\d+)\.(\d+)(?:-([0-9A-Za-z-]+(?:\.[0-9A-Za-z-]+)*))?(?:\+[0-9A-Za-z.-]+)?$/;
const clausePattern = /^(=|==|!=|>|<|>=|=>|<=|=<|~|~>|\^)?\s*v?(\d+|[xX*])(?:\.(\d+|[xX*]))?(?:\.(\d+|[xX*]))?(?:-([0-9A-Za-z.-]+))?(?:\+[0-9A-Za-z.-]+)?$/;

/** Reads a version of three numbers; undefined for any other tag. */
export function parseVersion(text: string): Version | undefined {
  const match = versionPattern.exec(text);
  if (match === null) return undefined;
  return { numbers: [Number(match[1]), Number(match[2]), Number(match[3])], pre: match[4]?.split('.') ?? [] };
}

/** Orders versions by precedence, as semver.org has it. */
export function compareVersions(a: Version, b: Version): number {
  for (let index = 0; index < 3; index++) {
    const difference = (a.numbers[index] ?? 0) - (b.numbers[index] ?? 0);
    if (difference !== 0) return Math.sign(difference);
  }
  if (a.pre.length === 0 || b.pre.length === 0) return Math.sign(b.pre.length - a.pre.length);
  for (let index = 0; index < Math.max(a.pre.length, b.pre.length); index++) {
    const [left, right] = [a.pre[index], b.pre[index]];
    if (left === right) continue;
    if (left === undefined || right === undefined) return left === undefined ? -1 : 1;
    const [leftNumber, rightNumber] = [/^\d+$/.test(left), /^\d+$/.test(right)];
    if (leftNumber && rightNumber) return Math.sign(Number(left) - Number(right));
    if (leftNumber !== rightNumber) return leftNumber ? -1 : 1;
    return left < right ? -1 : 1;
  }
  return 0;
}

/** What is wrong with a range as Flux and Argo CD read it: `>=1.2.0 <2.0.0`, `~1.2`, `^1`, `1.x`, `1.2 - 1.4`, `… || …`. */
export function versionRangeProblem(text: string): string | undefined {
  return parseRange(text) === undefined ? `expected a range of versions such as ">=1.2.0 <2.0.0", "~1.2" or "1.x", got ${shown(text)}` : undefined;
}

/** Whether a tag is a version in a range. A pre-release is only where the range names one. */
export function inRange(range: string, tag: string): boolean {
  const version = parseVersion(tag);
  const alternatives = parseRange(range);
  if (version === undefined || alternatives === undefined) return false;
  return alternatives.some((clauses) => clauses.every((clause) => {
    if (version.pre.length > 0 && !clause.pre) return false;
    return clause.conditions.every((condition) => meets(version, condition)) !== clause.negated;
  }));
}

function meets(version: Version, condition: Condition): boolean {
  const order = compareVersions(version, condition.version);
  switch (condition.operator) {
    case '!=': return order !== 0;
    case '<': return order < 0;
    case '<=': return order <= 0;
    case '>': return order > 0;
    case '>=': return order >= 0;
  }
}

function parseRange(text: string): Range | undefined {
  const alternatives = text.split('||').map((part) => {
    const spread = part.replace(/(\S+)\s+-\s+(\S+)/g, '>=$1 <=$2').replace(/([=<>!~^])\s+/g, '$1');
    const words = spread.split(/[\s,]+/).filter((word) => word !== '');
    const clauses = words.map(parseClause);
    return words.length > 0 && clauses.every((clause) => clause !== undefined) ? clauses : undefined;
  });
  return alternatives.every((each) => each !== undefined) ? alternatives : undefined;
}

function parseClause(word: string): Clause | undefined {
  const match = clausePattern.exec(word);
  if (match === null) return undefined;
  const [, operator = '', ...parts] = match;
  const written = parts.slice(0, 3).map((part) => (part === undefined || /^[xX*]$/.test(part) ? undefined : Number(part)));
  const open = written.findIndex((part) => part === undefined);
  const known = open < 0 ? 3 : open;
  const low: Version = { numbers: [written[0] ?? 0, known > 1 ? written[1] ?? 0 : 0, known > 2 ? written[2] ?? 0 : 0], pre: parts[3]?.split('.') ?? [] };
  return { negated: operator === '!=', conditions: conditionsOf(operator === '!=' ? '=' : operator, low, known), pre: low.pre.length > 0 };
}

function conditionsOf(operator: string, low: Version, known: number): Condition[] {
  const from: Condition = { operator: '>=', version: low };
  const below = (version: Version): Condition[] => [from, { operator: '<', version }];
  switch (operator) {
    case '>': return known === 3 ? [{ operator: '>', version: low }] : known === 0 ? [{ operator: '<', version: low }] : [{ operator: '>=', version: above(low, known) }];
    case '>=':
    case '=>': return [from];
    case '<': return [{ operator: '<', version: low }];
    case '<=':
    case '=<': return known === 3 ? [{ operator: '<=', version: low }] : known === 0 ? [] : [{ operator: '<', version: above(low, known) }];
    case '~':
    case '~>': return known === 0 ? [] : below(above(low, Math.min(known, 2)));
    case '^': return known === 0 ? [] : below(above(low, caretPart(low, known)));
    default: return known === 0 ? [] : known === 3 ? [from, { operator: '<=', version: low }] : below(above(low, known));
  }
}

/** The lowest version whose first `parts` numbers are greater: its first pre-release. */
function above(low: Version, parts: number): Version {
  const [major, minor, patch] = low.numbers;
  return { numbers: parts <= 1 ? [major + 1, 0, 0] : parts === 2 ? [major, minor + 1, 0] : [major, minor, patch + 1], pre: ['0'] };
}

/** A caret keeps the leftmost number that isn't zero. */
function caretPart({ numbers: [major, minor] }: Version, known: number): number {
  return major > 0 || known === 1 ? 1 : minor > 0 || known === 2 ? 2 : 3;
}
