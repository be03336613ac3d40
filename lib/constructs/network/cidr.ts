import { isIPv4, isIPv6 } from 'node:net';
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
  const match = /^([0-9A-Fa-f:.]+)\/(0|[1-9][0-9]{0,2})$/.exec(text);
  const [, address = '', length = ''] = match ?? [];
  const family = isIPv4(address) ? 4 : isIPv6(address) ? 6 : undefined;
  const prefix = Number(length);
  if (match === null || family === undefined || prefix > widthOf(family)) return undefined;
  return { family, address: family === 4 ? ipv4(address) : ipv6(address), prefix };
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

function ipv4(text: string): bigint {
  return text.split('.').reduce((sum, part) => sum * 256n + BigInt(part), 0n);
}

function ipv6(text: string): bigint {
  const dotted = /^(.*:)([0-9.]+\.[0-9.]+)$/.exec(text);
  const plain = dotted === null ? text : `${dotted[1] ?? ''}${hex(ipv4(dotted[2] ?? '') >> 16n)}:${hex(ipv4(dotted[2] ?? '') & 0xffffn)}`;
  const [head = '', tail] = plain.split('::');
  const left = head === '' ? [] : head.split(':');
  const right = tail === undefined || tail === '' ? [] : tail.split(':');
  const groups = tail === undefined ? left : [...left, ...Array.from({ length: 8 - left.length - right.length }, () => '0'), ...right];
  return groups.reduce((sum, group) => sum * 65536n + BigInt(`0x${group}`), 0n);
}

function hex(value: bigint): string {
  return value.toString(16);
}
