import { describe, expect, it } from 'vitest';
import { publishJobs, type TargetOptions } from '../../lib/cli/publish-targets.ts';
import { publishUnit } from '../../lib/cli/publish-units.ts';
import type { Fleet } from '../../lib/model/fleet.ts';
import { renderFleet } from '../../lib/synth/render.ts';
import type { Draft } from '../model/sources.ts';
import { fleetWith } from '../synth/fleet-with.ts';

const fleetRepo = { url: 'git@github.com:acme/runtime.git', path: 'rendered' };

function jobs(edit: (draft: Draft) => void, options: Partial<TargetOptions> = {}) {
  const fleet: Fleet = fleetWith(() => undefined, (draft) => {
    delete draft.environments['prod']?.['runtimeRepo'];
    edit(draft);
  });
  const environments = options.environments ?? fleet.environments;
  const units = [...renderFleet(fleet, { environments: environments.map((environment) => environment.name) }, [])].map(publishUnit);
  return publishJobs(fleet, units, { environments, whole: environments.length === fleet.environments.length, ...options })
    .map((job) => ({ ...job, units: job.units.map((unit) => unit.id) }));
}

const ids = ['dev', 'staging', 'prod'].map((environment) => `apps/${environment}/storefront`);
const platforms = ['dev', 'prod-eu', 'prod-onprem', 'staging'].map((cluster) => `clusters/${cluster}/platform`);

describe('the publishes of a fleet', () => {
  it('are one, of everything, into the embedded repository, where nobody could approve', () => {
    expect(jobs((draft) => { delete draft.fleet['runtimeRepo']; })).toEqual([{ target: {}, units: [...ids, ...platforms] }]);
  });

  it('commit directly what needs no approval and propose the rest, each environment on its own', () => {
    expect(jobs((draft) => { draft.fleet['runtimeRepo'] = fleetRepo; })).toEqual([
      { target: { ...fleetRepo, branch: 'main' }, units: [ids[0], ids[1], platforms[0], platforms[3]], scope: { environments: ['dev', 'staging'], clusters: ['dev', 'staging'] } },
      { target: { ...fleetRepo, branch: 'main' }, units: [ids[2], platforms[1], platforms[2]], scope: { environments: ['prod'], clusters: ['prod-eu', 'prod-onprem'] }, pullRequest: {} },
    ]);
  });

  it('go where --repo and --branch say', () => {
    const approved = (draft: Draft): void => { (draft.environments['prod'] as Record<string, unknown>)['promotion'] = {}; };
    expect(jobs(approved, { repo: '../runtime.git', branch: 'next' })).toEqual([{ target: { url: '../runtime.git', branch: 'next', path: '' }, units: [...ids, ...platforms] }]);
  });

  it('are pull requests throughout with --pull-request, whose branch --branch names', () => {
    const proposed = jobs(() => undefined, { repo: '../runtime.git', branch: 'mine', pullRequest: true });
    expect(proposed.map((job) => [job.scope?.environments, job.pullRequest, job.target.branch])).toEqual([
      [['dev'], { branch: 'mine-dev' }, 'main'], [['staging'], { branch: 'mine-staging' }, 'main'], [['prod'], { branch: 'mine-prod' }, 'main'],
    ]);
  });

  it('follow an environment that names a runtime repo of its own, with the clusters that are its alone', () => {
    const own = { url: 'https://git.acme.example/prod.git' };
    const split = jobs((draft) => { draft.fleet['runtimeRepo'] = fleetRepo; (draft.environments['prod'] as Record<string, unknown>)['runtimeRepo'] = own; });
    expect(split.map((job) => [job.target.url, job.units])).toEqual([[fleetRepo.url, [ids[0], ids[1], platforms[0], platforms[3]]], [own.url, [ids[2], platforms[1], platforms[2]]]]);
  });

  it('bring a cluster with a runtime repo of its own everything that runs on it', () => {
    const own = { url: 'https://git.acme.example/onprem.git' };
    const split = jobs((draft) => { draft.fleet['runtimeRepo'] = fleetRepo; (draft.clusters['prod-onprem'] as Record<string, unknown>)['runtimeRepo'] = own; });
    expect(split.filter((job) => job.target.url === own.url).map((job) => job.units)).toEqual([[ids[2], platforms[2]]]);
    expect(split.filter((job) => job.target.url === fleetRepo.url).flatMap((job) => job.units).sort()).toEqual([...ids, platforms[0], platforms[1], platforms[3]].sort());
  });
});
