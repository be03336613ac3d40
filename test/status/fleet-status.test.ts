import { describe, expect, it } from 'vitest';
import { fleetStatus, type FleetStatus, type StatusHost, type StatusQuery } from '../../lib/status/fleet-status.ts';
import type { KubeContext, Kubectl } from '../../lib/status/kubectl.ts';
import { kindText, keyOf } from '../../lib/status/live.ts';
import { isAllWell } from '../../lib/status/text.ts';
import { SlipwayError } from '../../lib/values/errors.ts';
import { find, history, recorded, set, type Kind } from './recorded.ts';

interface Asked {
  readonly annotated: string[];
  readonly listed: string[];
}

/** A context that answers what was recorded, and notes what it is asked. */
function context(name: string, holds: string, asked: Asked): KubeContext {
  const kind: Kind = holds === 'on' ? 'flux' : 'argo-cd';
  const { tracking, live } = recorded(kind);
  // A hub's object of a member is like its own, but for the label.
  if (holds === 'hub') set(find(tracking, 'Application', 'web-prod'), ['metadata', 'labels', 'slipway.dev/cluster'], 'member');
  return {
    name,
    run: (args) => {
      asked.annotated.push(args.join(' '));
      return Promise.resolve('');
    },
    list: (kinds, args) => {
      asked.listed.push(kinds.join(','));
      const trackers = tracking.filter((object) => kinds.some((each) => each.startsWith(`${String(object['kind']).toLowerCase()}s.`) || (each.startsWith('gitrepositories.') && object['kind'] === 'GitRepository')));
      return Promise.resolve(args.includes('--selector') ? trackers : live.filter((object) => kinds.includes(kindText(keyOf(object)))));
    },
  };
}

function host(name: 'eu' | 'on', more: Partial<StatusHost> = {}): StatusHost {
  return { cluster: { name }, controller: name === 'eu' ? { kind: 'argo-cd', namespace: 'argocd' } : { kind: 'flux', namespace: 'flux-system' }, shown: [name], history: () => Promise.resolve(history), ...more };
}

/** Asks for hosts, of contexts that each hold a recorded cluster. */
async function ask(hosts: readonly StatusHost[], contexts: Readonly<Record<string, 'eu' | 'on' | 'hub' | 'down'>>, more: Partial<StatusQuery> & { readonly current?: string } = {}): Promise<FleetStatus & Asked> {
  const asked: Asked = { annotated: [], listed: [] };
  const door: Kubectl = {
    contexts: () => Promise.resolve({ names: Object.keys(contexts), current: more.current }),
    at: (name) => {
      const there = contexts[name];
      if (there === undefined || there === 'down') return { name, run: () => Promise.reject(SlipwayError.of('kubectl', 'connection refused')), list: () => Promise.reject(SlipwayError.of('kubectl', 'connection refused')) };
      return context(name, there, asked);
    },
  };
  return { ...await fleetStatus({ hosts, kubectl: door, wants: () => true, patience: { looks: 1, pause: () => Promise.resolve() }, ...more }), ...asked };
}

const summary = ({ rows }: FleetStatus): string[] => rows.map(({ cluster, name, controller }) => `${cluster} ${name} ${controller}`);

describe('the status of a fleet', () => {
  it('asks each cluster by the context that has its name', async () => {
    expect(summary(await ask([host('eu'), host('on')], { eu: 'eu', on: 'on', other: 'down' }))).toEqual(['eu root Argo CD', 'eu web-prod Argo CD', 'on root Flux', 'on web-prod Flux']);
  });

  it('shows what is to run there and isn\'t tracked as missing, so that nobody takes it for well before the controller has seen it', async () => {
    const expected = [{ cluster: 'eu', environment: 'prod', app: 'api' }, { cluster: 'eu', environment: 'prod', app: 'web' }];
    const found = await ask([host('eu', { expected })], { eu: 'eu' }, { wants: ({ app }) => app !== undefined });
    expect(summary(found)).toEqual(['eu web-prod Argo CD', 'eu api-prod Argo CD']);
    expect(found.rows[1]).toMatchObject({ health: 'Missing', sync: 'OutOfSync', problems: ['Argo CD doesn\'t track it: publish it, or wait until Argo CD has looked at the runtime repo'] });
    expect(isAllWell(found.rows)).toBe(false);
    expect(summary(await ask([host('eu', { expected })], { eu: 'eu' }, { wants: ({ app }) => app === 'web' }))).toEqual(['eu web-prod Argo CD']);
    expect((await ask([host('eu', { expected })], { eu: 'down' })).rows).toEqual([]);
  });

  it('shows the others when one can\'t be reached or has no context', async () => {
    const down = await ask([host('eu'), host('on')], { eu: 'down', on: 'on' });
    expect(summary(down)).toEqual(['on root Flux', 'on web-prod Flux']);
    expect(down.problems).toMatchObject([{ where: 'eu: kubectl', message: 'connection refused' }]);
    const none = await ask([host('eu'), host('on')], { on: 'on', lab: 'eu' }, { current: 'lab' });
    expect(none.problems).toMatchObject([{ where: 'eu: kubeconfig', message: 'expected a context named eu, found lab, on' }]);
  });

  it('takes the current context for a single cluster, and only when it is that cluster', async () => {
    expect(summary(await ask([host('eu')], { lab: 'eu' }, { current: 'lab' }))).toEqual(['eu root Argo CD', 'eu web-prod Argo CD']);
    const wrong = await ask([host('eu', { cluster: { name: 'us' }, shown: ['us'] })], { lab: 'eu' }, { current: 'lab' });
    expect(wrong.rows).toEqual([]);
    expect(wrong.problems).toMatchObject([{ where: 'us: context lab', message: 'expected the cluster us, found the root of eu in argocd' }]);
  });

  it('takes the context that is named before any other', async () => {
    expect((await ask([host('eu')], { eu: 'down', lab: 'eu' }, { context: 'lab' })).problems).toEqual([]);
    expect((await ask([host('eu')], { eu: 'eu' }, { context: 'nowhere' })).problems).toMatchObject([{ message: 'expected a context "nowhere", found eu' }]);
  });

  it('shows rows without their commits when the runtime repo can\'t be read', async () => {
    const found = await ask([host('on', { history: () => Promise.reject(SlipwayError.of('git fetch', 'no route to host')) })], { on: 'on' });
    expect(found.rows.map(({ commit, sync }) => [commit, sync])).toEqual([[undefined, 'Synced'], [undefined, 'Synced']]);
    expect(found.notes).toEqual(['commits aren\'t told: git fetch: no route to host']);
    expect(found.problems).toEqual([]);
  });

  it('shows what a hub says of a member that it has no context for', async () => {
    const found = await ask([host('eu', { shown: ['member'] })], { eu: 'hub' });
    expect(summary(found)).toEqual(['member web-prod Argo CD']);
    expect(found.rows[0]).toMatchObject({ health: 'Healthy', sync: 'Synced', images: [] });
    expect(found.notes).toEqual(['member: no context of this name, so its objects aren\'t looked at; what eu says of it is shown']);
    expect((await ask([host('eu', { shown: ['member'] })], { eu: 'hub', member: 'eu' })).rows[0]?.images).toEqual(['ghcr.io/acme/web:v3']);
  });

  it('reads no Secret and no kind that has no health', async () => {
    const { listed } = await ask([host('eu')], { eu: 'eu' });
    expect(listed).toEqual(['applications.argoproj.io', 'Deployment.v1.apps,Ingress.v1.networking.k8s.io,Pod.v1.,ReplicaSet.v1.apps,Service.v1.']);
  });

  it.each([
    ['eu', ['annotate --namespace argocd --overwrite applications.argoproj.io web-prod argocd.argoproj.io/refresh=normal']],
    ['on', [
      'annotate --namespace flux-system --overwrite gitrepositories.source.toolkit.fluxcd.io flux-system reconcile.fluxcd.io/requestedAt=now',
      'annotate --namespace flux-system --overwrite kustomizations.kustomize.toolkit.fluxcd.io web-prod web-prod.pre reconcile.fluxcd.io/requestedAt=now',
    ]],
  ] as const)('asks the controller of %s to look at Git by its own annotation, for what is shown only', async (name, annotated) => {
    const found = await ask([host(name)], { [name]: name }, { refreshAt: 'now', wants: ({ app }) => app === 'web' });
    expect(found.annotated).toEqual(annotated);
    // The record of Argo CD has no annotation left; that of Flux says another time.
    expect(found.notes).toEqual(name === 'eu' ? [] : ['on: hasn\'t looked at web-prod, web-prod.pre yet']);
  });
});
