import { isIPv4, isIPv6 } from 'node:net';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { cidrProblem, isWithin, parseCidr } from '../../../lib/constructs/network/cidr.ts';

describe('a network in CIDR notation', () => {
  it.each(['10.0.0.0/8', '0.0.0.0/0', '169.254.169.254/32', '::/0', 'fc00::/7', '2001:db8::/32', '::1/128', '::ffff:10.0.0.0/104'])('is %s', (text) => {
    expect(cidrProblem(text)).toBeUndefined();
  });

  it.each(['', '10.0.0.0', '10.0.0/8', '10.0.0.0/33', '10.0.0.0/08', '010.0.0.0/8', '10.0.0.0/-1', '10.0.0.0/8 ', '::/129', 'fe80::%eth0/10', 'host/8', '1.2.3.4.5/8', '256.0.0.0/8', '1:2:3:4:5:6:7/64', '1:2:3:4:5:6:7:8:9/64', '1::2::3/64', '1:2:3:4:5:6:7:8::/64', '12345::/16', ':1::/16', '1:/16', '::10.0.0/128', '10.0.0.1::/64', '/8'])('is not %j', (text) => {
    expect(cidrProblem(text)).toMatch(/^expected a network in CIDR notation/);
  });

  it.each(['10.0.0.1/8', '192.168.1.0/16', 'fd00::/7', '2001:db8::1/32'])('has no bits beyond its prefix, as %s has', (text) => {
    expect(cidrProblem(text)).toMatch(/bits beyond its prefix/);
  });

  it('reads every IPv4 address as its number, and as the same in IPv6 notation', () => {
    fc.assert(fc.property(fc.nat(0xffffffff), (number) => {
      const dotted = [24, 16, 8, 0].map((shift) => (number >>> shift) & 255).join('.');
      expect(parseCidr(`${dotted}/32`)?.address).toBe(BigInt(number));
      expect(parseCidr(`::ffff:${dotted}/128`)?.address).toBe((0xffffn << 32n) + BigInt(number));
    }));
  });

  it('reads an IPv6 address as its number however it is shortened', () => {
    fc.assert(fc.property(fc.array(fc.constantFrom(0, 0, 0, 1, 0xabcd), { minLength: 8, maxLength: 8 }), (groups) => {
      const full = groups.map((group) => group.toString(16)).join(':');
      const number = groups.reduce((sum, group) => sum * 65536n + BigInt(group), 0n);
      expect(parseCidr(`${full}/128`)?.address).toBe(number);
      const short = `:${full}:`.replace(/:(0:)+/, '::').replace(/^:(?!:)|(?<!:):$/g, '');
      expect(parseCidr(`${short}/128`)?.address).toBe(number);
    }));
  });

  it('knows an address from anything else, as Node does', () => {
    const likely = fc.array(fc.constantFrom('0', '1', '9', '25', '255', '256', '01', 'a', 'f', 'ffff', '12345', ':', ':', '::', '.', '.', '10.0.0.1'), { minLength: 1, maxLength: 17 }).map((parts) => parts.join(''));
    fc.assert(fc.property(fc.oneof(likely, fc.ipV4(), fc.ipV6()), (text) => {
      expect([text, parseCidr(`${text}/0`) !== undefined]).toEqual([text, isIPv4(text) || isIPv6(text)]);
    }), { numRuns: 3000 });
  });

  it.each<[string, string, boolean]>([
    ['10.1.0.0/16', '10.0.0.0/8', true], ['10.0.0.0/8', '10.0.0.0/8', false], ['11.0.0.0/16', '10.0.0.0/8', false], ['0.0.0.0/0', '10.0.0.0/8', false],
    ['10.0.0.0/8', '::/0', false], ['fe80::/10', '::/0', true], ['169.254.169.254/32', '169.254.0.0/16', true],
  ])('%s within %s: %s', (inner, outer, wanted) => {
    const [a, b] = [parseCidr(inner), parseCidr(outer)];
    expect(a !== undefined && b !== undefined && isWithin(a, b)).toBe(wanted);
  });
});
