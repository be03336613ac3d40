import { isIP } from 'node:net';

/** An IP address without leading zeros and without a zone. */
export function isAddress(value: string): boolean {
  return isIP(value) !== 0 && !value.includes('%');
}

/** An address, a slash and the number of bits that stay the same: `10.0.0.0/8`. */
export function isCidr(value: string): boolean {
  const [address = '', bits = '', ...rest] = value.split('/');
  const family = address.includes('%') ? 0 : isIP(address);
  return rest.length === 0 && family !== 0 && /^(0|[1-9]\d{0,2})$/.test(bits) && Number(bits) <= (family === 4 ? 32 : 128);
}

/** The bits of an address as a number, with how many there are; undefined when it isn't one. */
function bitsOf(address: string): { readonly value: bigint; readonly width: number } | undefined {
  if (isIP(address) === 4) return { value: address.split('.').reduce((all, part) => (all << 8n) + BigInt(Number(part)), 0n), width: 32 };
  if (isIP(address) !== 6 || address.includes('%')) return undefined;
  const quad = /(\d+)\.(\d+)\.(\d+)\.(\d+)$/.exec(address);
  const hex = quad === null ? address : address.slice(0, quad.index) + [[1, 2], [3, 4]].map(([a = 0, b = 0]) => (Number(quad[a]) * 256 + Number(quad[b])).toString(16)).join(':');
  const [head = '', tail] = hex.split('::');
  const parts = (side: string): string[] => (side === '' ? [] : side.split(':'));
  const filled = tail === undefined ? parts(head) : [...parts(head), ...Array.from({ length: 8 - parts(head).length - parts(tail).length }, () => '0'), ...parts(tail)];
  return { value: filled.reduce((all, part) => (all << 16n) + BigInt(parseInt(part, 16)), 0n), width: 128 };
}

/** Whether every address of the inner CIDR lies in the outer one, and the inner is smaller. */
export function isStrictlyInside(inner: string, outer: string): boolean {
  if (!isCidr(inner) || !isCidr(outer)) return false;
  const [innerAddress = '', innerBits = ''] = inner.split('/');
  const [outerAddress = '', outerBits = ''] = outer.split('/');
  const a = bitsOf(innerAddress);
  const b = bitsOf(outerAddress);
  if (a === undefined || b === undefined || a.width !== b.width || Number(innerBits) <= Number(outerBits)) return false;
  const shift = BigInt(a.width - Number(outerBits));
  return a.value >> shift === b.value >> shift;
}
