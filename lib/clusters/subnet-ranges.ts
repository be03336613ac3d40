/** The ranges of a network's subnets, one for each zone: nodes and pods take their addresses from the private ones. */
export interface SubnetRanges {
  readonly private: readonly string[];
  readonly public: readonly string[];
}

/**
 * Divides an IPv4 range among zones, six at most: an eighth of it for the private subnet of each, and for the public ones, which hold load
 * balancers alone, a 64th each of the last eighth. Each has a fixed place, so that another zone moves none.
 */
export function subnetRanges(range: string, zones: number): SubnetRanges {
  const [address = '', bits = '16'] = range.split('/');
  const base = address.split('.').reduce((sum, part) => sum * 256 + Number(part), 0);
  const size = 2 ** (32 - Number(bits));
  const start = Math.floor(base / size) * size;
  const privateSize = size / 8;
  const publicSize = size / 64;
  const at = (offset: number, part: number): string => `${dotted(start + offset)}/${32 - Math.log2(part)}`;
  const places = Array.from({ length: zones }, (_, index) => index);
  return { private: places.map((index) => at(index * privateSize, privateSize)), public: places.map((index) => at(7 * privateSize + index * publicSize, publicSize)) };
}

function dotted(address: number): string {
  return [24, 16, 8, 0].map((shift) => Math.floor(address / 2 ** shift) % 256).join('.');
}
