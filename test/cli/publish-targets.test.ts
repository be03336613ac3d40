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
  const whole = environments.length === fleet.environments.length;
  const units = [...renderFleet(fleet, whole ? {} : { environments: environments.map((environment) => environment.name) }, [])].map(publishUnit);
  return publishJobs(fleet, units, { environments, whole, ...options })
    .map((job) => ({ ...job, units: job.units.map((unit) => unit.id).sort() }));
}

const app = (environment: string): string => `apps/${environment}/storefront`;
const host = (cluster: string, controller: string, environment: string): string[] => [`clusters/${cluster}`, `clusters/${cluster}/${controller}`, `clusters/${cluster}/${environment}`, `clusters/${cluster}/platform`];
const dev = [app('dev'), ...host('dev', 'flux', 'dev')];
const staging = [app('staging'), ...host('staging', 'argo-cd', 'staging')];
const hub = [...host('prod-eu', 'argo-cd', 'prod'), 'clusters/prod-eu/members/prod-onprem', 'clusters/prod-eu/members/prod-onprem/prod', 'clusters/prod-onprem/platform'];
const prod = [app('prod'), ...hub];
const all = [...dev, ...staging, ...prod].sort();
const onItsOwn = (draft: Draft): void => { Object.assign(draft.clusters['prod-onprem'] ?? {}, { managedBy: 'self', server: undefined }); };

describe('the publishes of a fleet', () => {
  it('are one, of everything, into the embedded repository, where nobody could approve', () => {
    expect(jobs((draft) => { delete draft.fleet['runtimeRepo']; })).toEqual([{ target: {}, units: all }]);
  });

  it('commit directly what needs no approval and propose the rest, each environment on its own', () => {
    expect(jobs((draft) => { draft.fleet['runtimeRepo'] = fleetRepo; })).toEqual([
      { target: { ...fleetRepo, branch: 'main' }, units: [...dev, ...staging].sort(), scope: { environments: ['dev', 'staging'], clusters: ['dev', 'staging'] } },
      { target: { ...fleetRepo, branch: 'main' }, units: [...prod].sort(), scope: { environments: ['prod'], clusters: ['prod-eu', 'prod-onprem'] }, pullRequest: {} },
    ]);
  });

  it('bring a shared cluster itself directly, and the tracking objects of each environment with that environment', () => {
    const split = jobs((draft) => {
      draft.fleet['runtimeRepo'] = fleetRepo;
      onItsOwn(draft);
      Object.assign(draft.environments['prod'] ?? {}, { clusters: [draft.clusters['dev']] });
    });
    expect(split.map((job) => [job.pullRequest !== undefined, job.units.filter((unit) => unit.startsWith('clusters/dev')), job.scope?.clusters])).toEqual([
      [false, [...host('dev', 'flux', 'dev')].sort(), ['dev', 'prod-eu', 'prod-onprem', 'staging']],
      [true, ['clusters/dev/prod'], []],
    ]);
  });

  it('bring a hub with the first environment that it delivers, though none runs on it', () => {
    const split = jobs((draft) => {
      draft.fleet['runtimeRepo'] = fleetRepo;
      Object.assign(draft.environments['prod'] ?? {}, { clusters: [draft.clusters['prod-onprem']] });
    });
    expect(split.at(-1)?.units).toEqual([app('prod'), ...hub.filter((unit) => unit !== 'clusters/prod-eu/prod')].sort());
    expect(split.at(-1)?.scope).toEqual({ environments: ['prod'], clusters: ['prod-eu', 'prod-onprem'] });
  });

  it('go where --repo and --branch say', () => {
    const approved = (draft: Draft): void => { (draft.environments['prod'] as Record<string, unknown>)['promotion'] = {}; };
    expect(jobs(approved, { repo: '../runtime.git', branch: 'next' })).toEqual([{ target: { url: '../runtime.git', branch: 'next', path: '' }, units: all }]);
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
    expect(split.map((job) => [job.target.url, job.units])).toEqual([[fleetRepo.url, [...dev, ...staging].sort()], [own.url, [...prod].sort()]]);
  });

  it('bring a cluster with a runtime repo of its own everything that runs on it', () => {
    const own = { url: 'https://git.acme.example/onprem.git' };
    const split = jobs((draft) => { draft.fleet['runtimeRepo'] = fleetRepo; onItsOwn(draft); (draft.clusters['prod-onprem'] as Record<string, unknown>)['runtimeRepo'] = own; });
    const there = [app('prod'), ...host('prod-onprem', 'argo-cd', 'prod')].sort();
    expect(split.filter((job) => job.target.url === own.url).map((job) => job.units)).toEqual([there]);
    expect(split.filter((job) => job.target.url === fleetRepo.url).flatMap((job) => job.units).sort()).toEqual([...dev, ...staging, app('prod'), ...host('prod-eu', 'argo-cd', 'prod')].sort());
  });

  it('bring upstream manifests to whoever stands on them, and to nobody else', () => {
    const fleet = fleetWith(() => undefined, (draft) => { delete draft.environments['prod']?.['runtimeRepo']; draft.fleet['runtimeRepo'] = fleetRepo; });
    const upstream = (needs: readonly { readonly name: string; readonly version: string }[]) => needs.map(({ name, version }) => ({ id: `upstream/${name}-${version}`, clusters: [], files: [], images: [] }));
    const units = [...renderFleet(fleet, { upstream }, [])].map(publishUnit);
    const found = publishJobs(fleet, units, { environments: fleet.environments, whole: true }).map((job) => job.units.map((unit) => unit.id).filter((id) => id.startsWith('upstream/')).map((id) => id.replace(/-[\d.]+$/, '')));
    expect(found).toEqual([['upstream/flux', 'upstream/argo-cd'], ['upstream/argo-cd']]);
  });
});
