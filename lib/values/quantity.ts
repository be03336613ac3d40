import { SlipwayError } from './errors.ts';
import { shown } from './shown.ts';

/** A Kubernetes quantity (`resource.Quantity`), exact: `250m` is 250,000,000 nano units. */
export interface Quantity {
  /** The text it was read from. */
  readonly text: string;
  /** Billionths of the unit (cores, bytes, …); finer amounts are rounded away from zero, as Kubernetes does. */
  readonly nano: bigint;
}

const decimalSuffixes: ReadonlyMap<string, number> = new Map([
  ['n', -9], ['u', -6], ['m', -3], ['', 0], ['k', 3], ['M', 6], ['G', 9], ['T', 12], ['P', 15], ['E', 18],
]);
const binarySuffixes: ReadonlyMap<string, number> = new Map([
  ['Ki', 10], ['Mi', 20], ['Gi', 30], ['Ti', 40], ['Pi', 50], ['Ei', 60],
]);
const allSuffixes = [...decimalSuffixes.keys(), ...binarySuffixes.keys()].filter((suffix) => suffix !== '');
const grammar = /^([+-]?)([0-9]*)(?:\.([0-9]*))?([eEinumkKMGTP]*)([-+]?[0-9]*)$/;
const nanoDigits = 9;
/** Beyond this no quantity means anything, and writing the number out would take for ever. */
const largestExponent = 100;
const longestText = 200;
/** Kubernetes caps binary quantities at the largest 64-bit integer. */
const largestBinary = (2n ** 63n - 1n) * 10n ** BigInt(nanoDigits);

/**
 * Reads a quantity as apimachinery's `ParseQuantity` does: an optional sign, digits with an optional point, and a suffix
 * (`n u m k M G T P E`, `Ki` to `Ei`, or an exponent such as `e3`). Two things that Go takes are refused: a text without a digit
 * (it would be 0), and exponents beyond 100 or texts beyond 200 characters.
 */
export function parseQuantity(text: string): Quantity | undefined {
  const match = text.length <= longestText ? grammar.exec(text) : null;
  if (match === null) return undefined;
  const [, sign = '', whole = '', fraction = '', letters = '', tail = ''] = match;
  if (whole === '' && fraction === '') return undefined;
  const magnitude = scaled(BigInt(`${whole}${fraction}`), fraction.length, letters, tail);
  if (magnitude === undefined) return undefined;
  return { text, nano: sign === '-' ? -magnitude : magnitude };
}

/** What is wrong with a quantity. */
export function quantityProblem(text: string): string | undefined {
  if (parseQuantity(text) !== undefined) return undefined;
  return `expected a Kubernetes quantity such as 250m, 1.5 or 512Mi (suffixes ${allSuffixes.join(' ')}, or an exponent such as e3), got ${shown(text)}`;
}

/** Orders two quantities by amount: negative when `a` is less. Throws when one is malformed. */
export function compareQuantities(a: string, b: string): number {
  const difference = demand(a).nano - demand(b).nano;
  return difference < 0n ? -1 : difference > 0n ? 1 : 0;
}

/** A CPU quantity in thousandths of a core, rounded up (`MilliValue`). Throws when malformed. */
export function cpuMillis(text: string): number {
  return Number(roundedUp(demand(text).nano, 10n ** 6n));
}

/** A memory quantity in bytes, rounded up (`Value`); exact up to 2^53. Throws when malformed. */
export function memoryBytes(text: string): number {
  return Number(roundedUp(demand(text).nano, 10n ** 9n));
}

function demand(text: string): Quantity {
  const quantity = parseQuantity(text);
  if (quantity === undefined) throw SlipwayError.of('quantity', quantityProblem(text) ?? 'malformed');
  return quantity;
}

function scaled(digits: bigint, places: number, letters: string, tail: string): bigint | undefined {
  const binary = tail === '' ? binarySuffixes.get(letters) : undefined;
  if (binary !== undefined) {
    const nano = shifted(digits * 2n ** BigInt(binary), nanoDigits - places);
    return nano > largestBinary ? largestBinary : nano;
  }
  const exponent = tail === '' ? decimalSuffixes.get(letters) : exponentOf(letters, tail);
  return exponent === undefined ? undefined : shifted(digits, exponent + nanoDigits - places);
}

function exponentOf(letters: string, tail: string): number | undefined {
  if ((letters !== 'e' && letters !== 'E') || !/[0-9]$/.test(tail)) return undefined;
  const exponent = Number(tail);
  return Math.abs(exponent) <= largestExponent ? exponent : undefined;
}

/** `digits × 10^places`, rounded up where places is negative. */
function shifted(digits: bigint, places: number): bigint {
  return places >= 0 ? digits * 10n ** BigInt(places) : roundedUp(digits, 10n ** BigInt(-places));
}

/** Division that rounds away from zero. */
function roundedUp(amount: bigint, unit: bigint): bigint {
  const whole = amount / unit;
  const rest = amount % unit;
  return rest === 0n ? whole : rest > 0n ? whole + 1n : whole - 1n;
}
