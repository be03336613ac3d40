import { kindOf, type Value } from './value.ts';

/** What is known of a value before it is had: its type in Go, as far as expr-lang's checker tells types apart. */
export type Nature =
  | { readonly kind: 'nil' | 'bool' | 'string' | 'float' | 'duration' | 'time' | 'location' }
  /** Nothing is known; `any` where Go's type is "anything", where a value of every type may stand. */
  | { readonly kind: 'unknown'; readonly any: boolean }
  /** `int64` is what `asInt` gives; the language's own whole numbers are `int`. */
  | { readonly kind: 'int'; readonly size: 'int' | 'int64' }
  /** `go` is the element type of the Go slice, `item` what is known of its items beyond that. */
  | { readonly kind: 'array'; readonly go: string; readonly item: Nature }
  | { readonly kind: 'map'; readonly key: 'string' | 'any'; readonly item: Nature }
  | { readonly kind: 'function'; readonly parameters: readonly Nature[]; readonly result: Nature };

export const unknown: Nature = { kind: 'unknown', any: false };
export const anything: Nature = { kind: 'unknown', any: true };
export const nil: Nature = { kind: 'nil' };
export const bool: Nature = { kind: 'bool' };
export const string: Nature = { kind: 'string' };
export const float: Nature = { kind: 'float' };
export const int: Nature = { kind: 'int', size: 'int' };
export const int64: Nature = { kind: 'int', size: 'int64' };
export const anyArray: Nature = { kind: 'array', go: 'any', item: anything };
export const floatArray: Nature = { kind: 'array', go: 'float', item: float };
export const anyMap: Nature = { kind: 'map', key: 'string', item: anything };

/** An array made by the language: a slice of anything, whose items are known. */
export function arrayOf(item: Nature): Nature {
  return { kind: 'array', go: 'any', item };
}

/** The type of a value that comes from outside. */
export function natureOf(value: Value): Nature {
  switch (kindOf(value)) {
    case 'nil': return nil;
    case 'bool': return bool;
    case 'int': return int;
    case 'float': return float;
    case 'string': return string;
    case 'array': return anyArray;
    case 'floats': return floatArray;
    case 'map': return anyMap;
    case 'function': return anything;
  }
}

export function isNumber(nature: Nature): boolean {
  return nature.kind === 'int' || nature.kind === 'float';
}

export function isUnknown(nature: Nature): boolean {
  return nature.kind === 'unknown';
}

/** Whether a value of one type may stand where another is wanted. */
export function isAssignable(nature: Nature, wanted: Nature): boolean {
  if (wanted.kind === 'unknown') return wanted.any && (nature.kind !== 'unknown' || nature.any);
  if (nature.kind === 'nil') return ['array', 'function', 'map'].includes(wanted.kind);
  return nature.kind !== 'unknown' && typeName(nature) === typeName(wanted);
}

/** Whether two values may be compared for equality. */
export function isComparable(left: Nature, right: Nature): boolean {
  const either = [left.kind, right.kind];
  return either.includes('unknown') || either.includes('nil') || (isNumber(left) && isNumber(right)) || (left.kind === 'array' && right.kind === 'array') || isAssignable(left, right);
}

/** Whether at least one side is unknown and the other, if known, is of one of some kinds. */
export function mayFit(left: Nature, right: Nature, kinds: readonly Nature['kind'][]): boolean {
  if (isUnknown(left)) return isUnknown(right) || kinds.includes(right.kind);
  return isUnknown(right) && kinds.includes(left.kind);
}

/** The type of a sum of two numbers. */
export function promoted(left: Nature, right: Nature): Nature {
  return left.kind === 'float' || right.kind === 'float' ? float : int;
}

/** The name of a type, as Go writes it. */
export function typeName(nature: Nature): string {
  switch (nature.kind) {
    case 'int': return nature.size;
    case 'float': return 'float64';
    case 'array': return `[]${goNames[nature.go] ?? 'interface {}'}`;
    case 'map': return `map[${nature.key === 'any' ? 'interface {}' : 'string'}]interface {}`;
    case 'function': return `func(${nature.parameters.map(typeName).join(', ')}) ${typeName(nature.result)}`;
    case 'time': return 'time.Time';
    case 'duration': return 'time.Duration';
    case 'location': return '*time.Location';
    default: return nature.kind;
  }
}

const goNames: Readonly<Record<string, string>> = { float: 'float64', int: 'int', string: 'string' };
