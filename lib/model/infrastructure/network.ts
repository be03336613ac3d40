import { z } from 'zod';

/** An IPv4 or IPv6 range such as `10.20.0.0/16`. */
export const cidrSchema = z.union([z.cidrv4(), z.cidrv6()], { error: (issue) => `expected a range of addresses such as 10.20.0.0/16, got ${JSON.stringify(issue.input)}` });

/** Whether two ranges share an address; ranges of different families share none. */
export function rangesOverlap(a: string, b: string): boolean {
  const [one, other] = [boundsOf(a), boundsOf(b)];
  return one.bits === other.bits && one.first <= other.last && other.first <= one.last;
}

function boundsOf(range: string): { readonly bits: number; readonly first: bigint; readonly last: bigint } {
  const [address = '', length = ''] = range.split('/');
  const bits = address.includes(':') ? 128 : 32;
  const number = bits === 32 ? address.split('.').reduce((sum, part) => sum * 256n + BigInt(part), 0n) : ipv6Number(address);
  const size = 1n << BigInt(bits - Number(length));
  const first = number / size * size;
  return { bits, first, last: first + size - 1n };
}

function ipv6Number(address: string): bigint {
  const [head = '', tail] = address.split('::');
  const groups = (text: string): string[] => (text === '' ? [] : text.split(':'));
  const [before, after] = [groups(head), groups(tail ?? '')];
  const all = [...before, ...Array.from({ length: tail === undefined ? 0 : 8 - before.length - after.length }, () => '0'), ...after];
  return all.reduce((sum, group) => sum * 65_536n + BigInt(`0x${group}`), 0n);
}

/** An API that is meant to be open to everybody, and to some. */
export function publicApiRules({ publicApi, apiFrom }: { readonly publicApi: boolean; readonly apiFrom?: readonly string[] | undefined }, context: z.RefinementCtx): void {
  if (publicApi && apiFrom !== undefined) context.addIssue({ code: 'custom', path: ['publicApi'], message: 'expected false, or no apiFrom: an API that only some ranges reach isn\'t open to everybody' });
}
