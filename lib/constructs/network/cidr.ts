import { shown } from '../../values/shown.ts';

/** A network. */
export interface Cidr {
  readonly family: 4 | 6;
  /** Its address as a number. */
  readonly address: bigint;
  /** Length of its prefix in bits. */
  readonly prefix: number;
}

/** Reads a network in CIDR notation, undefined when it is none. */
export function parseCidr(text: string): Cidr | undefined {
  const [, address = '', length = ''] = /^([0-9A-Fa-f:.]+)\/(0|[1-9][0-9]{0,2})$/.exec(text) ?? [];
  const prefix = Number(length);
  const four = ipv4(address);
  if (four !== undefined) return prefix <= 32 ? { family: 4, address: four, prefix } : undefined;
  const six = ipv6(address);
  return six !== undefined && prefix <= 128 ? { family: 6, address: six, prefix } : undefined;
}

/** What is wrong with a network: no CIDR, or bits set beyond its prefix, which newer API servers refuse. */
export function cidrProblem(text: string): string | undefined {
  const cidr = parseCidr(text);
  if (cidr === undefined) return `expected a network in CIDR notation such as 10.20.0.0/16 or 2001:db8::/32, got ${shown(text)}`;
  if (cidr.address % hostsOf(cidr) !== 0n) return `expected the address of a network, got ${shown(text)}, whose address has bits beyond its prefix of ${cidr.prefix}`;
  return undefined;
}

/** Whether one network lies within another and is smaller. */
export function isWithin(inner: Cidr, outer: Cidr): boolean {
  return inner.family === outer.family && inner.prefix > outer.prefix && inner.address - (inner.address % hostsOf(outer)) === outer.address;
}

function hostsOf(cidr: Cidr): bigint {
  return 1n << BigInt(widthOf(cidr.family) - cidr.prefix);
}

function widthOf(family: 4 | 6): number {
  return family === 4 ? 32 : 128;
}

/** The number of an IPv4 address; leading zeros are refused, which some programs read as octal. */
function ipv4(text: string): bigint | undefined {
  const parts = text.split('.');
  if (parts.length !== 4 || !parts.every((part) => /^(0|[1-9][0-9]{0,2})$/.test(part) && Number(part) <= 255)) return undefined;
  return parts.reduce((sum, part) => sum * 256n + BigInt(part), 0n);
}

/** The number of an IPv6 address: eight groups, one `::` for any number of zeros, the last two groups perhaps as an IPv4 address. */
function ipv6(text: string): bigint | undefined {
  const sides = text.split('::').map((side) => side === '' ? [] : side.split(':'));
  const last = sides.at(-1)?.at(-1);
  const four = last?.includes('.') === true ? ipv4(last) : undefined;
  if (four !== undefined) sides.at(-1)?.splice(-1, 1, (four >> 16n).toString(16), (four & 0xffffn).toString(16));
  const [left = [], right] = sides;
  const missing = 8 - left.length - (right?.length ?? 0);
  if (sides.length > 2 || (right === undefined ? missing !== 0 : missing < 1)) return undefined;
  const groups = [...left, ...Array.from({ length: missing }, () => '0'), ...(right ?? [])];
  if (!groups.every((group) => /^[0-9A-Fa-f]{1,4}$/.test(group))) return undefined;
  return groups.reduce((sum, group) => sum * 65536n + BigInt(`0x${group}`), 0n);
}
