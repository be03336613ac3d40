import { isDeepStrictEqual } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ignoreDifferences, syncPolicy } from '../../../lib/controllers/argo-cd/sync-policy.ts';
import { ignoreRules } from '../../../lib/controllers/flux/health.ts';
import { waitFor } from '../../../lib/control-plane/process.ts';
import { awaitDefinitions, installCrds } from '../../../lib/control-plane/crds.ts';
import { startGitServer, type GitServer } from '../../../lib/control-plane/controllers/git-server.ts';
import { ensureNamespace } from '../../../lib/control-plane/controllers/install.ts';
import { startPlane, type OwnPlane } from '../../../lib/control-plane/plane.ts';
import type { IgnoredFields } from '../../../lib/manifests/rendered.ts';
import { installArgoCd, startArgoCd, type ArgoCd } from '../harness/controllers/argo-cd.ts';
import { installFlux, startFlux, type Flux } from '../harness/controllers/flux.ts';
import { createRepository, type GitRepository } from '../harness/controllers/git-repository.ts';
import { folderFiles, folderRules, istioDefinitions, liveFolder, writtenAs, type FolderState } from '../harness/controllers/written-objects.ts';
import { named, whyWithout } from '../harness/need.ts';

const reason = await whyWithout('supervise', 'pki', 'etcd', 'kubernetes', 'kwok', 'kustomize', 'redis', 'helm', 'argo-cd', 'kustomize-controller', 'sourceignore');
/** Folders, each with a namespace and a tracking object of its own: the last two without rules. */
const folders = ['plain', 'scaled', 'flux', 'argo-unruled', 'flux-unruled'];
const replicas: IgnoredFields = { group: 'apps', kind: 'Deployment', name: 'web', jsonPointers: ['/spec/replicas'], liveWins: true };

describe.skipIf(reason)(named('fields that Argo Rollouts writes', reason), () => {
  let plane: OwnPlane;
  let repository: GitRepository;
  let server: GitServer;
  let argoCd: ArgoCd;
  let flux: Flux;
  const apply = (object: unknown) => plane.kubectl(['apply', '--server-side', '--force-conflicts', '-f', '-'], { input: JSON.stringify(object) });
  const application = (name: string, ignored: readonly IgnoredFields[]) => apply({
    apiVersion: 'argoproj.io/v1alpha1',
    kind: 'Application',
    metadata: { name, namespace: argoCd.namespace },
    spec: {
      project: 'default',
      source: { repoURL: server.url(repository.name), targetRevision: 'main', path: name },
      destination: { server: 'https://kubernetes.default.svc', namespace: name },
      syncPolicy: syncPolicy({ name, role: 'app', sync: 'automated' }, ignored),
      ...(ignored.length > 0 && { ignoreDifferences: ignoreDifferences(ignored) }),
    },
  });
  const kustomization = (name: string, ignored: readonly IgnoredFields[]) => apply({
    apiVersion: 'kustomize.toolkit.fluxcd.io/v1',
    kind: 'Kustomization',
    metadata: { name, namespace: 'flux-system' },
    spec: { sourceRef: { kind: 'GitRepository', name: 'all' }, path: `./${name}`, interval: '10m', prune: true, ...(ignored.length > 0 && { ignore: ignoreRules({ autoscaled: [], ignoreDifferences: ignored }) }) },
  });
  const look = async (): Promise<void> => { await Promise.all([argoCd.refresh(), flux.reconcile()]); };
  /** Commits a state and waits until as much of it has arrived as is said, and the controller has done with the commit. */
  const deliver = async (name: string, state: FolderState, until: Partial<FolderState> = state): Promise<void> => {
    const commit = await repository.commit(state.text, folderFiles(name, state));
    await arrived(name, until);
    await over(name, commit);
  };
  /** Waits until the controller has done with the commit, or with any. */
  const over = async (name: string, commit?: string): Promise<void> => {
    if (name.startsWith('flux')) await flux.ready(name, commit === undefined ? {} : { commit });
    else await argoCd.application(name, `done with ${commit ?? 'a commit'}`, ({ status }) => (commit === undefined || status?.sync?.revision === commit) && status?.operationState?.phase === 'Succeeded');
  };
  const arrived = async (name: string, until: Partial<FolderState>): Promise<void> => {
    let last: unknown;
    await look();
    await waitFor(`${name} to be at ${JSON.stringify(until)}, last ${JSON.stringify(last)}`, async () => {
      last = await liveFolder(plane, name).arrived().catch(String);
      return Object.entries(until).every(([field, value]) => JSON.stringify((last as Record<string, unknown>)[field]) === JSON.stringify(value)) ? true : undefined;
    }, { seconds: 240, programs: [...argoCd.programs, ...flux.programs] });
  };

  beforeAll(async () => {
    repository = await createRepository();
    for (const name of folders) await repository.commit(name, folderFiles(name, { text: 'first' }));
    server = await startGitServer(repository.folder);
    plane = await startPlane();
    for (const definition of istioDefinitions) await apply(definition);
    await installCrds(plane, [{ apiVersion: 'gateway.networking.k8s.io/v1', kind: 'HTTPRoute' }]);
    await awaitDefinitions(plane, 'crd', '--all');
    await Promise.all([installArgoCd(plane), installFlux(plane)]);
    for (const name of folders) await ensureNamespace(plane, name);
    [argoCd, flux] = await Promise.all([startArgoCd(plane), startFlux(plane)]);
    await application('plain', folderRules('plain'));
    await application('scaled', [...folderRules('scaled'), replicas]);
    await application('argo-unruled', []);
    await apply({ apiVersion: 'source.toolkit.fluxcd.io/v1', kind: 'GitRepository', metadata: { name: 'all', namespace: 'flux-system' }, spec: { url: server.url(repository.name), ref: { branch: 'main' }, interval: '10m' } });
    await kustomization('flux', folderRules('flux'));
    await kustomization('flux-unruled', []);
    for (const name of folders) await arrived(name, { text: 'first', hosts: ['shop.example'] });
    // A sync that isn't over yet would put back what a test writes.
    for (const name of folders) await over(name);
  });
  afterAll(async () => {
    await argoCd?.stop();
    await flux?.stop();
    await plane?.stop();
    await server?.stop();
  });

  it.each(['plain', 'scaled', 'flux'])('stay as they are through commits that change other objects: %s', async (name) => {
    const folder = liveFolder(plane, name);
    await folder.write(20, true);
    for (const text of ['second', 'third', 'fourth']) {
      await deliver(name, { text });
      expect(await folder.written()).toEqual(writtenAs(20, true));
    }
  });

  it.each(['argo-unruled', 'flux-unruled'])('are put back by a commit that changes another object where nobody says that they are to stay: %s', async (name) => {
    await liveFolder(plane, name).write(20, false);
    await deliver(name, { text: 'second' });
    expect(await liveFolder(plane, name).written()).toMatchObject({ weights: [100, 0], mesh: [100, 0] });
  });

  it('aren\'t even seen by Argo CD: the app stays in sync, and nothing is applied for their sake', async () => {
    const before = await argoCd.application('plain', 'in sync', ({ status }) => status?.sync?.status === 'Synced');
    await liveFolder(plane, 'plain').write(40, true);
    await argoCd.refresh('plain');
    // Not by the time of the look, which has whole seconds: two looks may be in one.
    const after = await argoCd.application('plain', 'looked at again', ({ metadata }) => metadata.annotations?.['argocd.argoproj.io/refresh'] === undefined);
    expect([after.status?.sync?.status, after.status?.operationState?.startedAt]).toEqual(['Synced', before.status?.operationState?.startedAt]);
    expect(await liveFolder(plane, 'plain').written()).toEqual(writtenAs(40, true));
  });

  it('stay where a commit changes another field of their objects under Flux, in the same list as well', async () => {
    const folder = liveFolder(plane, 'flux');
    await folder.write(20, false);
    await deliver('flux', { text: 'hosts', hosts: ['shop.example', 'www.example'] });
    expect(await folder.written()).toEqual(writtenAs(20, false));
    await deliver('flux', { text: 'timeout', hosts: ['www.example'], timeout: '7s' });
    expect(await folder.written()).toEqual(writtenAs(20, false));
  });

  it('let a change of a route wait under Flux while a header route is there, and say so', async () => {
    const folder = liveFolder(plane, 'flux');
    await folder.write(20, true);
    await repository.commit('header', folderFiles('flux', { text: 'header', hosts: ['www.example'], timeout: '9s' }));
    await flux.reconcile();
    const { status } = await flux.kustomization('flux', 'told that the route waits', (each) => each.status?.conditions?.some(({ type, status: is }) => type === 'Ready' && is === 'False') ?? false);
    expect(JSON.stringify(status?.conditions)).toMatch(/replace operation does not apply/);
    expect(await folder.written()).toEqual(writtenAs(20, true));
    await folder.write(20, false);
    await arrived('flux', { timeout: '9s' });
    expect(await folder.written()).toEqual(writtenAs(20, false));
  });

  it('are Git\'s under Argo CD for the moment in which a commit changes their object, and nothing else is', async () => {
    const folder = liveFolder(plane, 'plain');
    await folder.write(20, false);
    await deliver('plain', { text: 'hosts', hosts: ['shop.example', 'www.example'], timeout: '7s' });
    // The object is applied as Git has it; Argo Rollouts puts the weight back when it looks at the Rollout.
    expect(await folder.written()).toEqual({ ...writtenAs(20, false), weights: [100, 0], mesh: [100, 0] });
  });

  it('stay under Argo CD beside an autoscaler, where a change in the same list waits until the canary is over', { timeout: 600_000 }, async () => {
    const folder = liveFolder(plane, 'scaled');
    await folder.write(20, true);
    await deliver('scaled', { text: 'hosts', hosts: ['shop.example', 'www.example'], timeout: '7s' }, { text: 'hosts', hosts: ['shop.example', 'www.example'] });
    expect(await folder.written()).toEqual(writtenAs(20, true));
    const over: FolderState = { text: 'over', hosts: ['shop.example', 'www.example'], timeout: '7s' };
    const commit = await repository.commit('over', folderFiles('scaled', over));
    await look();
    // A sync that had begun with the former weights puts them back, and Argo Rollouts, which looks again and again, the new ones. Argo CD tries
    // again by itself, after pauses that grow to five minutes, and at once with the next commit, if it saw the weights by then.
    await waitFor('the change that waited', async () => {
      if (!isDeepStrictEqual(await folder.written(), writtenAs(0, false))) await folder.write(0, false);
      const { text, hosts, timeout } = await folder.arrived();
      return isDeepStrictEqual({ text, hosts, timeout }, over) ? true : undefined;
    }, { seconds: 500, programs: argoCd.programs });
    await argoCd.application('scaled', `done with ${commit}`, ({ status }) => status?.sync?.revision === commit && status.operationState?.phase === 'Succeeded');
    expect(await folder.written()).toEqual(writtenAs(0, false));
  });
});
