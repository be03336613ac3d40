import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { awaitAbsence, awaitObject, type ObjectReference } from '../../../lib/control-plane/controllers/await-object.ts';
import { installArgoCd, startArgoCd, type ArgoCd } from '../harness/controllers/argo-cd.ts';
import { createRepository, type GitRepository } from '../harness/controllers/git-repository.ts';
import { startGitServer, type GitServer } from '../../../lib/control-plane/controllers/git-server.ts';
import { ensureNamespace } from '../../../lib/control-plane/controllers/install.ts';
import { sampleFolder } from '../harness/controllers/sample-folder.ts';
import { named, whyWithout } from '../harness/need.ts';
import { startPlane, type OwnPlane } from '../../../lib/control-plane/plane.ts';

const reason = await whyWithout('supervise', 'pki', 'etcd', 'kubernetes', 'kwok', 'kustomize', 'redis', 'helm', 'argo-cd');
const configMap: ObjectReference = { path: 'api/v1', resource: 'configmaps', namespace: 'shop', name: 'web' };
const deployment: ObjectReference = { path: 'apis/apps/v1', resource: 'deployments', namespace: 'shop', name: 'web' };

interface ConfigMap {
  readonly data: { readonly text: string };
}

interface Deployment {
  readonly spec: { readonly replicas: number };
}

describe.skipIf(reason)(named('Argo CD as host processes', reason), () => {
  let plane: OwnPlane;
  let repository: GitRepository;
  let server: GitServer;
  let argoCd: ArgoCd;
  const text = (wanted: string) => awaitObject<ConfigMap>(plane, configMap, { what: `text ${wanted}`, until: ({ data }) => data.text === wanted, tell: (object) => JSON.stringify(object.data), programs: argoCd.programs });

  beforeAll(async () => {
    repository = await createRepository();
    await repository.commit('first', sampleFolder('web', 'shop', 'one'));
    server = await startGitServer(repository.folder);
    plane = await startPlane();
    await installArgoCd(plane);
    argoCd = await startArgoCd(plane);
    await ensureNamespace(plane, 'shop');
    const application = {
      apiVersion: 'argoproj.io/v1alpha1',
      kind: 'Application',
      metadata: { name: 'web', namespace: argoCd.namespace },
      spec: {
        project: 'default',
        source: { repoURL: server.url(repository.name), targetRevision: 'main', path: 'web' },
        destination: { server: 'https://kubernetes.default.svc', namespace: 'shop' },
        syncPolicy: { automated: { prune: true, selfHeal: true } },
      },
    };
    await plane.kubectl(['apply', '--server-side', '-f', '-'], { input: JSON.stringify(application) });
  });
  afterAll(async () => {
    await argoCd?.stop();
    await plane?.stop();
    await server?.stop();
  });

  it('brings a folder to Synced and Healthy at the commit of the branch', async () => {
    await argoCd.synced('web', { revision: await repository.head() });
    await text('one');
  });

  it('heals what is scaled by hand', async () => {
    await plane.kubectl(['scale', 'deployment/web', '-n', 'shop', '--replicas=5']);
    await awaitObject<Deployment>(plane, deployment, { what: '2 replicas again', until: ({ spec }) => spec.replicas === 2, programs: argoCd.programs });
  });

  it('takes a commit and a revert when asked, and prunes what is gone', async () => {
    const commit = await repository.commit('second', sampleFolder('web', 'shop', 'two'));
    await argoCd.refresh();
    await argoCd.synced('web', { revision: commit });
    await text('two');
    const revert = await repository.revert();
    await argoCd.refresh();
    await argoCd.synced('web', { revision: revert });
    await text('one');
    const { 'web/kustomization.yaml': kustomization } = sampleFolder('web', 'shop', 'one');
    await repository.commit('no ConfigMap', { 'web/configmap.yaml': undefined, 'web/kustomization.yaml': kustomization!.replace(/,\s*"configmap.yaml"/, '') });
    await argoCd.refresh();
    await awaitAbsence(plane, configMap, argoCd.programs);
  });

  it('acts as its own service accounts: the application controller may do all, the server may make no Deployment', async () => {
    const may = async (account: string): Promise<string> =>
      (await plane.kubectl(['auth', 'can-i', 'create', 'deployments', '-n', 'shop', '--as', `system:serviceaccount:argocd:${account}`, '-q']).then(() => 'yes', () => 'no'));
    expect([await may('argocd-application-controller'), await may('argocd-server')]).toEqual(['yes', 'no']);
    const { items } = (await plane.api.get('/api/v1/namespaces/shop/configmaps')) as { readonly items: readonly { readonly metadata: { readonly name: string } }[] };
    expect(items.map(({ metadata }) => metadata.name)).toEqual(['kube-root-ca.crt']);
  });

  it('keeps what is there while the Git server is away, and goes on when it is back', async () => {
    await server.stop();
    await argoCd.refresh();
    await argoCd.application('web', 'told that Git is away', ({ status }) => status?.conditions?.some(({ type }) => type === 'ComparisonError') ?? false);
    expect((await plane.api.send('GET', '/apis/apps/v1/namespaces/shop/deployments/web')).status).toBe(200);
    await server.start();
    const commit = await repository.commit('back', sampleFolder('web', 'shop', 'three'));
    await argoCd.refresh();
    await argoCd.synced('web', { revision: commit });
    await text('three');
  });
});
