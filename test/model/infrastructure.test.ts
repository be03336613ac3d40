import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { argoCd } from '../../lib/model/argo-cd-options.ts';
import { clusterSchema } from '../../lib/model/cluster.ts';
import { ack } from '../../lib/model/infrastructure/ack.ts';
import { doks } from '../../lib/model/infrastructure/doks.ts';
import { eks } from '../../lib/model/infrastructure/eks.ts';
import { existing } from '../../lib/model/infrastructure/existing.ts';
import type { ProviderInput } from '../../lib/model/infrastructure/infrastructure.ts';
import { rangesOverlap } from '../../lib/model/infrastructure/network.ts';
import { parseWith } from '../../lib/model/schema.ts';

/** What is wrong with a cluster, as `path: message`, sorted. */
function problems(provider: ProviderInput, more: object = {}): string[] {
  const { problems: found } = parseWith(clusterSchema, { name: 'blue', provider, kubernetes: '1.35', controller: argoCd(), ...more }, 'blue.ts');
  return found.map(({ where, message }) => `${where.replace('blue.ts: ', '').replaceAll(/\[(\d+)\]/g, '.$1')}: ${message}`).sort();
}

const arn = (name: string): string => `arn:aws:iam::123456789012:role/${name}`;

describe('a cluster and its provider', () => {
  it.each<[string, ProviderInput, object]>([
    ['DOKS in Frankfurt', 'doks', { region: 'fra1' }],
    ['EKS in Zurich', 'eks', { region: 'eu-central-2' }],
    ['ACK in Hangzhou', 'ack', { region: 'cn-hangzhou' }],
    ['ACK in Frankfurt', 'ack', { region: 'eu-central-1' }],
    ['an existing one with any region', existing(), { region: 'cellar' }],
    ['DOKS with a version of its minor', doks({ version: '1.35.4-do.0' }), {}],
    ['pools of which one goes down to nothing', eks({ nodePools: [{ name: 'a', nodes: 1 }, { name: 'b', nodes: { min: 0, max: 3 } }] }), {}],
    ['ranges beside each other', doks({ vpc: { range: '10.10.0.0/16' }, podRange: '10.20.0.0/16', serviceRange: '10.30.0.0/20' }), {}],
    ['labels of its own', eks({ nodePools: [{ name: 'a', labels: { tier: 'web', 'acme.example/tier': 'web', 'node.kubernetes.io/purpose': 'web' } }] }), {}],
    ['tags with letters of any language', eks({ tags: { 'cost center': 'Größe 7/a' } }), {}],
  ])('fit: %s', (_, provider, more) => {
    expect(problems(provider, more)).toEqual([]);
  });

  it.each<[string, ProviderInput, object, RegExp]>([
    ['a region of another cloud on DOKS', 'doks', { region: 'eu-central-1' }, /^region: expected a region of DigitalOcean such as fra1, got "eu-central-1"\..*Known: ams3/],
    ['a region of another cloud on EKS', 'eks', { region: 'fra1' }, /^region: expected a region of AWS such as eu-central-1.*, got "fra1"/],
    ['a zone for a region on EKS', 'eks', { region: 'eu-central-1a' }, /^region: expected a region of AWS/],
    ['a region of AWS with other accounts', 'eks', { region: 'cn-north-1' }, /^region: expected a region of AWS.*aren't supported, got "cn-north-1"/],
    ['a region of another cloud on ACK', 'ack', { region: 'nyc3' }, /^region: expected a region of Alibaba Cloud/],
    ['workers of a cluster for which nobody makes nodes', existing(), { workers: 3 }, /^workers: expected none, because nobody makes nodes .*, got 3$/],
    ['workers that no pool takes', eks({ nodePools: [{ name: 'a', nodes: 2 }] }), { workers: 3 }, /^workers: expected none, because every node pool says/],
    ['a version of another minor on DOKS', doks({ version: '1.34.1-do.0' }), {}, /^provider\.version: expected a version of Kubernetes 1\.35, .*got "1\.34\.1-do\.0"/],
    ['a version of another minor on ACK', ack({ version: '1.3.5-aliyun.1' }), {}, /^provider\.version: expected a version of Kubernetes 1\.35/],
    ['a version of no shape', doks({ version: '1.35' }), {}, /^provider\.version: expected a version of DigitalOcean such as 1\.35\.1-do\.0, got "1\.35"/],
    ['Services in the network', ack({ vpc: { range: '172.16.0.0/12' } }), {}, /^provider\.serviceRange: expected a range apart from vpc\.range \(172\.16\.0\.0\/12\), got 172\.21\.0\.0\/20/],
    ['pods in the network', doks({ vpc: { range: '10.0.0.0/8' }, podRange: '10.244.0.0/16' }), {}, /^provider\.podRange: expected a range apart from vpc\.range/],
    ['Services on EKS in public addresses', eks({ serviceRange: '203.0.113.0/24' }), {}, /^provider\.serviceRange: expected a range from \/12 to \/24 in 10\.0\.0\.0\/8/],
    ['a name that no role of AWS can carry', 'eks', { name: 'b'.repeat(51) }, /^name: expected at most 50 characters on AWS, .*got 51$/],
    ['an API that is open to all and to some', doks({ publicApi: true, apiFrom: ['203.0.113.0/24'] }), {}, /^provider\.publicApi: expected false, or no apiFrom/],
    ['an API of DOKS that nobody reaches', doks({ apiFrom: [] }), {}, /^provider\.apiFrom: expected ranges, got none/],
    ['a first pool of DOKS without a node', doks({ nodePools: [{ name: 'a', nodes: { min: 0, max: 3 } }, { name: 'b' }] }), {}, /^provider\.nodePools\.0\.nodes\.min: expected at least 1 for the first pool/],
    ['pools that all go down to nothing', ack({ nodePools: [{ name: 'a', nodes: { min: 0, max: 3 } }] }), {}, /^provider\.nodePools: expected a pool without taints that has a node at all times/],
    ['a label that no kubelet may set', eks({ nodePools: [{ name: 'a', labels: { 'node-role.kubernetes.io/web': '' } }] }), {}, /^provider\.nodePools\.0\.labels\S*: expected a label of one's own, such as web, got \"node-role/],
    ['a label of the cloud', doks({ nodePools: [{ name: 'a', labels: { 'doks.digitalocean.com/node-pool': 'x' } }] }), {}, /which only the cluster sets/],
    ['a taint twice', ack({ nodePools: [{ name: 'a' }, { name: 'b', taints: [{ key: 'x', value: '1', effect: 'NoSchedule' }, { key: 'x', value: '2', effect: 'NoSchedule' }] }] }), {}, /^provider\.nodePools\.1\.taints\.1: expected each key once with an effect, got x:NoSchedule a second time/],
    ['a tag that AWS keeps for itself', eks({ tags: { 'aws:owner': 'me' } }), {}, /^provider\.tags\S*aws:owner\S*: expected a key that the cloud allows/],
    ['a tag that Alibaba Cloud keeps for itself', ack({ tags: { 'acs:owner': 'me' } }), {}, /^provider\.tags\S*acs:owner\S*: expected a key that the cloud allows/],
    ['a tag of ours', ack({ tags: { 'managed-by': 'me' } }), {}, /^provider\.tags\S*managed-by\S*: expected another key: Slipway sets this one/],
    ['more tags than a resource takes', ack({ tags: Object.fromEntries(Array.from({ length: 18 }, (_, index) => [`t${index}`, ''])) }), {}, /^provider\.tags: expected at most 17 tags beside Slipway's own, got 18/],
    ['a tag of no DigitalOcean', doks({ tags: ['cost center'] }), {}, /^provider\.tags\.0: expected a tag of letters/],
    ['a role twice', eks({ admins: [arn('a'), arn('a')] }), {}, /^provider\.admins: expected each role once/],
  ])('don\'t fit, which is said before any cloud is asked: %s', (_, provider, more, message) => {
    expect(problems(provider, more)).toEqual([expect.stringMatching(message)]);
  });

  it('tell everything that is wrong between them at once', () => {
    expect(problems(doks({ version: '1.34.1-do.0', vpc: { range: '10.0.0.0/8' }, podRange: '10.1.0.0/16' }), { region: 'moon' }).map((line) => line.split(':')[0])).toEqual(['provider.podRange', 'provider.version', 'region']);
  });
});

describe('two ranges of addresses', () => {
  const octet = fc.integer({ min: 0, max: 255 });
  const range = fc.record({ parts: fc.tuple(octet, octet, octet, octet), bits: fc.integer({ min: 0, max: 32 }) }).map(({ parts, bits }) => `${parts.join('.')}/${bits}`);
  const bitsOf = (text: string): string => (text.split('/')[0] ?? '').split('.').map((part) => Number(part).toString(2).padStart(8, '0')).join('');

  it('overlap exactly where the shorter prefix of both is the same', () => {
    fc.assert(fc.property(range, range, (a, b) => {
      const shorter = Math.min(Number(a.split('/')[1]), Number(b.split('/')[1]));
      expect(rangesOverlap(a, b)).toBe(bitsOf(a).slice(0, shorter) === bitsOf(b).slice(0, shorter));
    }));
  });

  it('of the sixth version are compared as what they shorten', () => {
    expect(rangesOverlap('fd00::/8', 'fd12:3456::/32')).toBe(true);
    expect(rangesOverlap('fd00::/16', 'fd01::1/128')).toBe(false);
    expect(rangesOverlap('2001:db8:0:0:0:0:0:1/128', '2001:db8::1/128')).toBe(true);
    expect(rangesOverlap('::/0', '10.0.0.0/8')).toBe(false);
  });
});
