import { seededRandom } from '../../../lib/rollouts/simulate/random.ts';
import { catalogFor } from '../../../lib/validate/object-schema.ts';
import { fieldPath } from '../../../lib/validate/schemas/issue.ts';
import type { Loose, LooseValue } from '../../validate/healthy-app.ts';
import { changed, placesOf, type Path } from '../../validate/schemas/places.ts';

/** A valid object with one thing changed. */
export interface Mutant {
  /** What was changed: `Service spec.ports[0].port: 70000`. */
  readonly name: string;
  readonly kind: string;
  /** The object before. */
  readonly origin: Loose;
  readonly object: Loose;
}

/** A change of the value at a place. */
interface Change {
  readonly name: string;
  readonly apply: (parent: Record<string | number, LooseValue>, key: string | number) => void;
}

const put = (value: LooseValue, name = JSON.stringify(value)): Change => ({ name, apply: (parent, key) => void (parent[key] = structuredClone(value)) });

const drop: Change = {
  name: 'left out',
  apply(parent, key) {
    if (Array.isArray(parent)) parent.splice(Number(key), 1);
    else delete parent[key];
  },
};

/** Texts that break one format or another: names, labels, quantities, durations, enumerations, expressions, addresses, URLs. */
const texts = ['', 'Zzz', 'with space', 'UPPER', '-dash', 'dash-', 'under_score', 'dot..dot', 'a/b/c', '../up', 'ümlaut', '10x', '1.5.5', '10 Mi', '-5Mi', '5 m', '1h1', '300.0.0.1', '10.0.0.0/33', '* * *', '%', 'http//x', 'true', '5', '${x}', 'line\nbreak'];
const long = [64, 254, 300].map((length) => put('a'.repeat(length), `${length} letters`));
const numbers = [-1, 0, 1, 1.5, 65536, 2147483648, 1e19];

/** Every change for a value, by what it is and not by what its schema says of it: so that what a schema lacks shows. */
function changesOf(value: LooseValue): Change[] {
  const any = [drop, put(null)];
  if (typeof value === 'string') return [...any, put(5), put(true), put([]), put({}), put([value], 'in a list'), ...texts.map((text) => put(text)), ...long, put(value.toUpperCase(), 'in capitals'), put(`${value} `, 'with a blank after it'), put(`${value}/`, 'with a slash after it')];
  if (typeof value === 'number') return [...any, put(String(value)), put('x'), put(true), put([]), put({}), ...numbers.map((number) => put(number))];
  if (typeof value === 'boolean') return [...any, put(String(value)), put(5), put('x'), put([]), put({}), put(!value)];
  if (Array.isArray(value)) return [...any, put('x'), put(5), put({}), put([]), put([...value, null], 'and a null'), put([...value, 5], 'and a 5'), put([...value, 'Zzz'], 'and a text'), put([...value, {}], 'and an empty object'), put([...value, ...value.slice(0, 1)], 'its first item twice')];
  const fields = (value ?? {}) as Loose;
  const more = (key: string, item: LooseValue, name: string): Change => put({ ...fields, [key]: item }, name);
  return [
    ...any, put('x'), put(5), put([]), put([fields], 'in a list'), put({}),
    more('zzUnknown', 1, 'and a field zzUnknown that is 1'), more('zzUnknown', 'x', 'and a field zzUnknown that is a text'), more('zzUnknown', {}, 'and a field zzUnknown that is an object'),
    more('bad key!', 'x', 'and a field "bad key!"'), more(`${'k'.repeat(64)}`, 'x', 'and a field of 64 letters'), more('', 'x', 'and a field without a name'), more('Upper.example/-x', 'x', 'and a field "Upper.example/-x"'),
  ];
}

/**
 * So many mutants of valid objects, the same for the same seed. Each place of a kind is changed in the same way only once, however many
 * objects have it; kinds and ways to change take turns, so that each has its share.
 */
export function mutantsOf(objects: readonly Loose[], minor: string, count: number, seed: number): Mutant[] {
  const next = seededRandom(seed);
  const piles = new Map<string, { readonly order: number; readonly make: () => Mutant }[]>();
  const seen = new Set<string>();
  for (const object of objects) {
    const kind = String(object['kind']);
    const type = `${String(object['apiVersion'])} ${kind}`;
    const found = catalogFor(minor).find(String(object['apiVersion']), kind);
    if (!('node' in found)) throw new Error(found.message);
    for (const { path, value } of placesOf(found.node, object)) {
      if (path.length === 0) continue;
      for (const change of changesOf(value)) {
        const key = `${type} ${path.filter((step) => typeof step === 'string').join('/')} ${change.name}`;
        if (seen.has(key)) continue;
        seen.add(key);
        const pile = piles.get(type) ?? [];
        piles.set(type, pile);
        pile.push({ order: next(), make: () => mutant(object, path, change) });
      }
    }
  }
  const sorted = [...piles.values()].map((pile) => pile.sort((a, b) => a.order - b.order));
  const taken: Mutant[] = [];
  for (let turn = 0; taken.length < count && sorted.some((pile) => turn < pile.length); turn += 1) {
    for (const pile of sorted) if (turn < pile.length && taken.length < count) taken.push(pile[turn]!.make());
  }
  return taken;
}

function mutant(origin: Loose, path: Path, change: Change): Mutant {
  const kind = String(origin['kind']);
  return { name: `${kind} ${fieldPath(path)}: ${change.name}`, kind, origin, object: changed(origin, path, change.apply) };
}
