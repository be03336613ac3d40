import { describe, expect, it } from 'vitest';
import { assembleFleet } from '../../lib/model/assemble.ts';
import { reachedBy, wavesOf } from '../../lib/model/waves.ts';
import { draft, sourcesOf, type Draft } from './sources.ts';

function problems(edit: (draft: Draft) => void): string[] {
  const edited = draft();
  edit(edited);
  return assembleFleet(sourcesOf(edited)).problems.map(({ where, message, fix }) => `${where}: ${message} | ${fix ?? ''}`);
}

const place = (clusters: unknown) => (edited: Draft): void => { Object.assign(edited.apps['storefront'] ?? {}, { clusters }); };
const waves = (given: unknown) => (edited: Draft): void => { Object.assign(edited.environments['prod']?.['promotion'] ?? {}, { waves: given }); };

describe('the clusters of an app', () => {
  it('are clusters of environments in which it runs', () => {
    expect(problems(place({ prod: ['prod-onprem'] }))).toEqual([]);
    expect(problems(place({ prod: ['prod-onpre', 'prod-eu', 'prod-eu'], prd: ['dev'] }))).toEqual([
      'apps/storefront.ts: clusters.prod[0]: expected a cluster of prod, got "prod-onpre". | name one. Did you mean "prod-onprem"? Known: prod-eu, prod-onprem.',
      'apps/storefront.ts: clusters.prod[2]: cluster "prod-eu" is listed twice | keep one of them',
      'apps/storefront.ts: clusters.prd: expected an environment in which storefront runs, got "prd". | name one. Did you mean "prod"? Known: dev, prod, staging.',
    ]);
  });

  it('are at least one, and a list of names', () => {
    expect(problems(place({ prod: [] }))[0]).toContain('clusters.prod: expected at least 1 items');
    expect(problems(place({ prod: 'prod-eu' }))[0]).toContain('clusters.prod: expected a list, got "prod-eu"');
  });
});

describe('the waves of an environment', () => {
  it('name clusters that it has, each once', () => {
    expect(problems(waves([['prod-onprem']]))).toEqual([]);
    expect(problems(waves([['prod-on'], ['prod-eu', 'prod-eu']]))).toEqual([
      'environments/prod.ts: promotion.waves[0][0]: expected a cluster of prod, got "prod-on". | name one. Did you mean "prod-eu"? Known: prod-eu, prod-onprem.',
      'environments/prod.ts: promotion.waves[1][1]: cluster "prod-eu" is in two waves | keep it in one of them',
    ]);
  });

  it('end with the clusters that none of them names', () => {
    const edited = draft();
    waves([['prod-onprem']])(edited);
    const prod = assembleFleet(sourcesOf(edited)).fleet.environments.find(({ name }) => name === 'prod');
    if (prod === undefined) throw new Error('no prod');
    expect(wavesOf(prod)).toEqual([['prod-onprem'], ['prod-eu']]);
    expect([1, 2, 3].map((wave) => [...(reachedBy(prod, wave) ?? ['all'])])).toEqual([['prod-onprem'], ['all'], ['all']]);
  });

  it('need the name "next" for themselves', () => {
    expect(problems((edited) => { Object.assign(edited.clusters['prod-onprem'] ?? {}, { name: 'next' }); })[0]).toContain('expected another name than "next"');
  });
});
