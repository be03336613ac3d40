import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { chmod, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { awaitObject, objectPath, type ObjectReference } from '../../../lib/control-plane/controllers/await-object.ts';
import { commitFolder } from '../../../lib/control-plane/controllers/bootstrap.ts';
import { startGitServer, type GitServer } from '../../../lib/control-plane/controllers/git-server.ts';
import { waitFor } from '../../../lib/control-plane/process.ts';
import { runOk } from '../../../lib/control-plane/run-program.ts';
import { apps, environments, fleetFiles, pins, upstreamFolder } from '../harness/controllers/fleet-files.ts';
import { createRepository, type GitRepository } from '../harness/controllers/git-repository.ts';
import { startLiveCluster, type LiveCluster } from '../harness/controllers/live-cluster.ts';
import { appFolders, uids } from '../harness/controllers/live-objects.ts';
import { createWorkspace, type Workspace } from '../harness/controllers/workspace.ts';
import { named, whyWithout } from '../harness/need.ts';
import { root } from '../harness/sample-fleet.ts';

const reason = await whyWithout('supervise', 'pki', 'etcd', 'kubernetes', 'kwok', 'kustomize', 'redis', 'helm', 'argo-cd', 'kustomize-controller', 'sourceignore');
/** Generous: a busy machine is no failure. */
const minutes = (count: number): number => count * 2 * 60_000;
const pinFile = `environments/images/${environments.automated}/kustomization.yaml`;

interface Deployment {
  readonly metadata: { readonly annotations?: Readonly<Record<string, string>>; readonly managedFields?: readonly { readonly manager: string; readonly fieldsV1?: unknown }[] };
  readonly spec: { readonly replicas: number; readonly template: { readonly spec: { readonly containers: readonly { readonly image: string }[] } } };
}

const namespaceOf = (app: string): string => `${app}-${environments.automated}`;
const deployment = (app: string, name = app): ObjectReference => ({ path: 'apis/apps/v1', resource: 'deployments', namespace: namespaceOf(app), name });
const imageOf = ({ spec }: Deployment): string | undefined => spec.template.spec.containers[0]?.image;

/** Kills what is left of a program's group; there may be nothing left. */
function killGroup(leader: number): void {
  try {
    process.kill(-leader, 'SIGKILL');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error;
  }
}

describe.skipIf(reason).each(['argo-cd', 'flux'] as const)(named('faults under %s', reason), (kind) => {
  let runtime: GitRepository;
  let server: GitServer;
  let workspace: Workspace;
  let live: LiveCluster;
  let first: string;
  /** What was there when all had arrived first; nothing of it may ever be deleted. */
  let before: Record<string, unknown>;
  let folders: string[];

  const deployed = (reference: ObjectReference, what: string, until: (deployment: Deployment) => boolean) =>
    awaitObject<Deployment>(live.plane, reference, { what, until, tell: ({ spec }) => JSON.stringify({ replicas: spec.replicas, image: spec.template.spec.containers[0]?.image }), seconds: 240, programs: live.controller.programs });
  const arrived = async (commit: string, wanted: readonly string[] = apps): Promise<void> => {
    for (const app of wanted) await live.controller.arrived(`${app}-${environments.automated}`, commit);
  };

  beforeAll(async () => {
    runtime = await createRepository();
    server = await startGitServer(runtime.folder);
    workspace = await createWorkspace(runtime, await fleetFiles(server.url(runtime.name)), await upstreamFolder());
    first = await workspace.deliver('First', {});
    live = await startLiveCluster(kind, workspace, runtime, first);
    await arrived(first);
    folders = appFolders(await commitFolder(runtime.path, first));
    before = await uids(live.plane, folders);
    expect(Object.keys(before).length).toBeGreaterThan(20);
  }, minutes(10));
  afterAll(async () => {
    await live?.stop();
    await server?.stop();
  }, minutes(2));

  it('finishes a sync during which the API server is restarted', { timeout: minutes(6) }, async () => {
    const commit = await workspace.deliver('Version 2', { [pinFile]: pins({ 'hello-tornado': 'v2', 'flask-api': 'v2' }) });
    await live.controller.refresh();
    await live.plane.restartApiServer();
    // It is ready before it has read all custom resources; until then it asks its clients to come again.
    await waitFor('the API server to take requests', () => live.controller.refresh().then(() => true), { seconds: 120, programs: live.controller.programs });
    await arrived(commit);
    for (const app of ['hello-tornado', 'flask-api']) await deployed(deployment(app), 'version 2', (each) => imageOf(each) === `ghcr.io/acme/${app}:v2`);
    expect(await uids(live.plane, folders)).toEqual(before);
  });

  it('says which app a manifest breaks that a hand pushed, delivers the others, and goes on with the commit that mends it', { timeout: minutes(8) }, async () => {
    const checkout = await commitFolder(runtime.path, await runtime.head());
    const file = (app: string): string => `apps/${environments.automated}/${app}/deployment-${app}.yaml`;
    const text = (app: string): Promise<string> => readFile(join(checkout, file(app)), 'utf8');
    const broken = (await text('hello-tornado')).replace(/^( *)replicas: \d+$/m, '$1replicas: -1').replace('hello-tornado:v2', 'hello-tornado:v3');
    const fine = (await text('flask-api')).replace(/^metadata:\n/m, 'metadata:\n  annotations:\n    by-hand: "yes"\n');
    expect([broken === await text('hello-tornado'), fine === await text('flask-api')]).toEqual([false, false]);
    const commit = await runtime.commit('By hand', { [file('hello-tornado')]: broken, [file('flask-api')]: fine });
    await live.controller.refresh();
    expect(await live.controller.refused(`hello-tornado-${environments.automated}`)).toMatch(/replicas/);
    await arrived(commit, ['flask-api', 'storefront']);
    expect((await deployed(deployment('flask-api'), 'the change by hand', ({ metadata }) => metadata.annotations?.['by-hand'] === 'yes')).spec.replicas).toBeGreaterThan(0);
    expect(await uids(live.plane, folders)).toEqual(before);
    const mended = await runtime.revert();
    await live.controller.refresh();
    await arrived(mended);
    await deployed(deployment('flask-api'), 'without the change by hand', ({ metadata }) => metadata.annotations?.['by-hand'] === undefined);
    expect(await uids(live.plane, folders)).toEqual(before);
  });

  it('takes back the fields that another manager owns by force', { timeout: minutes(4) }, async () => {
    const reference = deployment('hello-tornado');
    const { spec: { replicas } } = (await live.plane.api.get(objectPath(reference))) as Deployment;
    const theirs = { apiVersion: 'apps/v1', kind: 'Deployment', metadata: { name: reference.name, namespace: reference.namespace }, spec: { replicas: replicas + 5 } };
    await live.plane.kubectl(['apply', '--server-side', '--force-conflicts', '--field-manager=intruder', '-f', '-'], { input: JSON.stringify(theirs) });
    await live.controller.refresh();
    const healed = await deployed(reference, `${replicas} replicas again`, ({ spec }) => spec.replicas === replicas);
    const owned = healed.metadata.managedFields?.filter(({ manager }) => manager === 'intruder').map(({ fieldsV1 }) => JSON.stringify(fieldsV1)) ?? [];
    expect(owned.join()).not.toContain('f:replicas');
    expect(await uids(live.plane, folders)).toEqual(before);
  });

  it('keeps the branch where it was when the publisher is killed while it pushes, and takes the next publish', { timeout: minutes(8) }, async () => {
    const old = await runtime.head();
    const reached = join(runtime.folder, 'reached');
    const hook = join(runtime.path, 'hooks', 'pre-receive');
    await writeFile(join(workspace.folder, pinFile), pins({ 'hello-tornado': 'v4', 'flask-api': 'v4', storefront: 'v4' }));
    const env = { PATH: process.env['PATH'], HOME: workspace.folder, GIT_AUTHOR_NAME: 'e2e', GIT_AUTHOR_EMAIL: 'e2e@slipway.test', GIT_COMMITTER_NAME: 'e2e', GIT_COMMITTER_EMAIL: 'e2e@slipway.test' };
    await runOk('git', ['commit', '--quiet', '-am', 'Version 4'], { cwd: workspace.folder, env });
    // The server has the objects by then, and waits with the branch: a push is on its way.
    await writeFile(hook, `#!/bin/sh\ntouch '${reached}'\nsleep 30\n`);
    await chmod(hook, 0o755);
    for (const whole of [true, false]) {
      await rm(reached, { force: true });
      const publisher = spawn(process.execPath, [join(root, 'bin/slipway.js'), 'publish', '--repo', runtime.path], { cwd: workspace.folder, env, stdio: 'ignore', detached: true });
      const ended = once(publisher, 'exit');
      await waitFor('the push', async () => (existsSync(reached) ? true : undefined), { seconds: 120, programs: [] });
      // Once with all that it started, once alone: what it started hears of it by a broken pipe.
      process.kill(whole ? -publisher.pid! : publisher.pid!, 'SIGKILL');
      expect((await ended)[1]).toBe('SIGKILL');
      expect(await runtime.head()).toBe(old);
      if (!whole) killGroup(publisher.pid!);
    }
    await rm(hook);
    await runOk('git', ['fsck', '--full', '--strict'], { cwd: runtime.path });
    await live.controller.refresh();
    await arrived(old);
    expect(await uids(live.plane, folders)).toEqual(before);
    await workspace.slipway('publish', '--repo', runtime.path);
    const next = await runtime.head();
    expect(next).not.toBe(old);
    await live.controller.refresh();
    await arrived(next);
    for (const app of ['hello-tornado', 'flask-api']) await deployed(deployment(app), 'version 4', (each) => imageOf(each) === `ghcr.io/acme/${app}:v4`);
    expect(await uids(live.plane, folders)).toEqual(before);
  });
});
