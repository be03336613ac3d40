import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { awaitAbsence, awaitObject, type ObjectReference } from '../../../lib/control-plane/controllers/await-object.ts';
import { installFlux, isFetched, isReady, startFlux, type Flux } from '../harness/controllers/flux.ts';
import { createRepository, type GitRepository } from '../harness/controllers/git-repository.ts';
import { startGitServer, type GitServer } from '../../../lib/control-plane/controllers/git-server.ts';
import { ensureNamespace } from '../../../lib/control-plane/controllers/install.ts';
import { sampleFolder } from '../harness/controllers/sample-folder.ts';
import { named, whyWithout } from '../harness/need.ts';
import { startPlane, type OwnPlane } from '../../../lib/control-plane/plane.ts';

const reason = await whyWithout('supervise', 'pki', 'etcd', 'kubernetes', 'kwok', 'kustomize', 'kustomize-controller', 'sourceignore');
const configMap: ObjectReference = { path: 'api/v1', resource: 'configmaps', namespace: 'shop', name: 'web' };
const deployment: ObjectReference = { path: 'apis/apps/v1', resource: 'deployments', namespace: 'shop', name: 'web' };

interface ConfigMap {
  readonly data: { readonly text: string };
}

interface Deployment {
  readonly spec: { readonly replicas: number };
}

describe.skipIf(reason)(named('Flux as a host process', reason), () => {
  let plane: OwnPlane;
  let repository: GitRepository;
  let server: GitServer;
  let flux: Flux;
  const text = (wanted: string) => awaitObject<ConfigMap>(plane, configMap, { what: `text ${wanted}`, until: ({ data }) => data.text === wanted, tell: (object) => JSON.stringify(object.data), programs: flux.programs });
  const apply = (object: unknown) => plane.kubectl(['apply', '--server-side', '--force-conflicts', '-f', '-'], { input: JSON.stringify(object) });
  const source = (spec: object = {}) => ({
    apiVersion: 'source.toolkit.fluxcd.io/v1',
    kind: 'GitRepository',
    metadata: { name: 'web', namespace: 'flux-system' },
    spec: { url: server.url(repository.name), ref: { branch: 'main' }, interval: '10m', ...spec },
  });

  beforeAll(async () => {
    repository = await createRepository();
    await repository.commit('first', { ...sampleFolder('web', 'shop', 'one'), 'other/large.txt': 'not wanted' });
    server = await startGitServer(repository.folder);
    plane = await startPlane();
    await installFlux(plane);
    flux = await startFlux(plane);
    await ensureNamespace(plane, 'shop');
    await apply(source());
    await apply({
      apiVersion: 'kustomize.toolkit.fluxcd.io/v1',
      kind: 'Kustomization',
      metadata: { name: 'web', namespace: 'flux-system' },
      spec: { sourceRef: { kind: 'GitRepository', name: 'web' }, path: './web', interval: '10m', prune: true, wait: true },
    });
  });
  afterAll(async () => {
    await flux?.stop();
    await plane?.stop();
    await server?.stop();
  });

  it('brings a folder to Ready at the commit of the branch', async () => {
    await flux.ready('web', { commit: await repository.head() });
    await text('one');
    const { status } = await flux.source('web', 'Ready', (each) => isFetched(each));
    expect(status?.artifact).toMatchObject({ revision: `main@sha1:${await repository.head()}`, digest: expect.stringMatching(/^sha256:[0-9a-f]{64}$/) as string });
  });

  it('heals what is scaled by hand when asked', async () => {
    await plane.kubectl(['scale', 'deployment/web', '-n', 'shop', '--replicas=5']);
    await flux.reconcile();
    await awaitObject<Deployment>(plane, deployment, { what: '2 replicas again', until: ({ spec }) => spec.replicas === 2, programs: flux.programs });
  });

  it('takes a commit and a revert when asked, and prunes what is gone', async () => {
    const commit = await repository.commit('second', sampleFolder('web', 'shop', 'two'));
    await flux.reconcile();
    await flux.ready('web', { commit });
    await text('two');
    const revert = await repository.revert();
    await flux.reconcile();
    await flux.ready('web', { commit: revert });
    await text('one');
    const { 'web/kustomization.yaml': kustomization } = sampleFolder('web', 'shop', 'one');
    await repository.commit('no ConfigMap', { 'web/configmap.yaml': undefined, 'web/kustomization.yaml': kustomization!.replace(/,\s*"configmap.yaml"/, '') });
    await flux.reconcile();
    await awaitAbsence(plane, configMap, flux.programs);
  });

  it('fetches only the listed directories, without what is ignored', async () => {
    const digest = async (): Promise<string | undefined> => {
      await flux.reconcile();
      return (await flux.source('web', 'Ready', (each) => isFetched(each))).status?.artifact?.digest;
    };
    const whole = await digest();
    await apply(source({ sparseCheckout: ['web'] }));
    const sparse = await digest();
    await repository.commit('elsewhere', { 'other/large.txt': 'changed' });
    await apply(source({ ignore: '/*\n!/web/' }));
    expect(whole).not.toBe(sparse);
    expect(await digest()).toBe(sparse);
    await flux.ready('web');
  });

  it('says that a source asks for something that the stand-in does not do', async () => {
    await apply(source({ recurseSubmodules: true }));
    const failed = await flux.source('web', 'refused', (each) => isFetched(each, 'False'));
    expect(failed.status?.conditions?.[0]?.message).toBe('the stand-in for source-controller does not support spec.recurseSubmodules');
    await apply(source());
    await flux.source('web', 'Ready', (each) => isFetched(each));
  });

  it('keeps what is there while the Git server is away, and goes on when it is back', async () => {
    await server.stop();
    await flux.reconcile();
    const away = await flux.source('web', 'told that Git is away', (each) => isFetched(each, 'False'));
    expect(away.status?.artifact).toBeDefined();
    expect(isReady(await flux.ready('web'))).toBe(true);
    await server.start();
    const commit = await repository.commit('back', sampleFolder('web', 'shop', 'three'));
    await flux.reconcile();
    await flux.ready('web', { commit });
    await text('three');
  });
});
