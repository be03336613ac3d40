import { describe, expect, it } from 'vitest';
import { planMove, type MovedRoute, type MoveInput } from '../../lib/runtime-repo/move-plan.ts';

const route = (cluster: string, weight?: number): MovedRoute => ({ cluster, object: 'HTTPRoute/web', hosts: ['shop.acme.example'], ...(weight !== undefined && { weight }) });
const input = (more: Partial<MoveInput> = {}): MoveInput => ({ app: 'shop', environment: 'prod', from: 'a', to: 'b', placement: ['a'], routes: [route('a')], dns: { from: 'aws', to: 'aws' }, stateful: [], ...more });
const outline = (given: MoveInput): string[] => planMove(given).steps.map(({ name, state }) => `${name} ${state}`);

describe('the plan of a move', () => {
  it('goes through DNS with weights, a step for each commit, and knows where it stands', () => {
    expect(outline(input())).toEqual(['weigh next', 'create later', 'shift later', 'prune later', 'tidy later']);
    expect(outline(input({ routes: [route('a', 100)] }))).toEqual(['weigh done', 'create next', 'shift later', 'prune later', 'tidy later']);
    expect(outline(input({ placement: ['a', 'b'], routes: [route('a', 100), route('b', 0)] }))).toEqual(['weigh done', 'create done', 'shift next', 'prune later', 'tidy later']);
    expect(outline(input({ placement: ['a', 'b'], routes: [route('a', 0), route('b', 100)] }))).toEqual(['weigh done', 'create done', 'shift done', 'prune next', 'tidy later']);
    expect(outline(input({ placement: ['b'], routes: [route('b', 100)] }))).toEqual(['weigh done', 'create done', 'shift done', 'prune done', 'tidy next']);
    expect(outline(input({ placement: ['b'], routes: [route('b')] }))).toEqual(['weigh done', 'create done', 'shift done', 'prune done', 'tidy done']);
  });

  it('never takes the app from the old cluster while the old one gets traffic', () => {
    expect(outline(input({ placement: ['a', 'b'], routes: [route('a', 1), route('b', 99)] }))).toContain('shift next');
  });

  it.each([
    ['without external-dns', {}, 'there is no external-dns on these clusters'],
    ['with a provider that knows no weights', { from: 'digitalocean', to: 'digitalocean' }, 'external-dns with digitalocean and digitalocean knows no weights'],
    ['with different providers', { from: 'aws', to: 'alibabacloud' }, 'external-dns with aws and alibabacloud knows no weights'],
  ])('stops at the traffic %s and names the record to change', (_, dns, why) => {
    const plan = planMove(input({ dns, placement: ['a', 'b'] }));
    expect(plan.traffic).toBe('by hand');
    expect(plan.steps.map(({ name, state }) => `${name} ${state}`)).toEqual(['create done', 'shift next', 'prune later']);
    expect(plan.steps[1]?.notes[0]).toBe(`${why}: point shop.acme.example from the addresses of a to those of b, which the status shows`);
  });

  it('has no step for traffic where nobody reaches the app from outside', () => {
    expect(outline(input({ routes: [] }))).toEqual(['create next', 'prune later']);
  });

  it('writes the edits as they stand in the app\'s file', () => {
    const edits = planMove(input({ placement: ['a', 'c'] })).steps.map((step) => step.edits);
    expect(edits).toEqual([
      ['annotations: selectCluster({ \'a\': weightedDns(\'a\', 100), default: {} })'],
      ['clusters: { prod: [\'a\', \'c\', \'b\'] }', 'annotations: selectCluster({ \'a\': weightedDns(\'a\', 100), \'b\': weightedDns(\'b\', 0), default: {} })'],
      ['annotations: selectCluster({ \'a\': weightedDns(\'a\', 0), \'b\': weightedDns(\'b\', 100), default: {} })'],
      ['clusters: { prod: [\'c\', \'b\'] }', 'annotations: selectCluster({ \'b\': weightedDns(\'b\', 100), default: {} })'],
      ['take weightedDns out of the route\'s annotations'],
    ]);
  });

  it('goes on from the old cluster only when that has let go', () => {
    const prune = planMove(input({ placement: ['a', 'b'], routes: [route('a', 0), route('b', 100)] })).steps.find(({ name }) => name === 'prune');
    expect(prune?.run.at(-1)).toBe('slipway status shop --cluster a');
    expect(prune?.notes[0]).toBe('go on when the status no longer shows it: until then a may still take what the next commits change');
  });

  it('names what has data at both ends, and has its removal allowed by name only', () => {
    const plan = planMove(input({ routes: [], stateful: ['PersistentVolumeClaim/shop-prod/uploads'], emptied: 'shop-prod' }));
    expect(plan.steps[0]?.notes).toContain('b gets PersistentVolumeClaim/shop-prod/uploads of its own, empty: copy the data before traffic goes there');
    expect(plan.steps[1]?.run).toContain('slipway publish --environment prod --allow-removal PersistentVolumeClaim/shop-prod/uploads --allow-removal Namespace/shop-prod');
  });
});
