import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { json } from 'node:stream/consumers';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { argoCdNotifications, toolFolder } from '../../../lib/control-plane/controllers/argo-cd-programs.ts';
import { startGitServer, type GitServer } from '../../../lib/control-plane/controllers/git-server.ts';
import { startHostPrograms, type HostProcesses } from '../../../lib/control-plane/controllers/host-process.ts';
import { ensureNamespace } from '../../../lib/control-plane/controllers/install.ts';
import { waitFor } from '../../../lib/control-plane/process.ts';
import { environments, fleetFiles, upstreamFolder } from '../harness/controllers/fleet-files.ts';
import { createRepository, type GitRepository } from '../harness/controllers/git-repository.ts';
import { startLiveCluster, type LiveCluster } from '../harness/controllers/live-cluster.ts';
import { createWorkspace } from '../harness/controllers/workspace.ts';
import { named, whyWithout } from '../harness/need.ts';

const reason = await whyWithout('supervise', 'pki', 'etcd', 'kubernetes', 'kwok', 'kustomize', 'redis', 'helm', 'argo-cd', 'kustomize-controller', 'sourceignore');
/** Generous: a busy machine is no failure. */
const minutes = (count: number): number => count * 2 * 60_000;
const [waiting, automated] = [`hello-tornado-${environments.waiting}`, `hello-tornado-${environments.automated}`];

/** What the webhook gets. */
interface Told {
  readonly involvedObject: { readonly kind: string; readonly name: string };
  readonly severity: string;
  readonly reason: string;
  readonly message: string;
  readonly metadata: Readonly<Record<string, string>>;
}

describe.skipIf(reason)(named('rendered alerts under Argo CD', reason), () => {
  const told: Told[] = [];
  let receiver: Server;
  let runtime: GitRepository;
  let server: GitServer;
  let live: LiveCluster;
  let notifications: HostProcesses;
  let first: string;

  /** The first alert of an Application for a reason. */
  const alert = (name: string, event: string): Promise<Told> => {
    const find = async (): Promise<Told | undefined> => told.find(({ involvedObject, reason: why }) => involvedObject.name === name && why === event);
    return waitFor(`the alert ${event} of ${name}; told so far: ${told.map(({ involvedObject, reason: why }) => `${why} ${involvedObject.name}`).join(', ')}`, find, { seconds: 240, programs: notifications.programs });
  };

  beforeAll(async () => {
    receiver = createServer((request, response) => {
      json(request).then((body) => {
        told.push(body as Told);
        response.end();
      }, (error: Error) => response.destroy(error));
    });
    receiver.listen(0, '127.0.0.1');
    await once(receiver, 'listening');
    runtime = await createRepository();
    server = await startGitServer(runtime.folder);
    const files = await fleetFiles(server.url(runtime.name));
    const withAlerts = Object.values(environments).map((name): [string, string] => {
      const file = `environments/${name}.ts`;
      const text = files[file]!.replace('import { defineEnvironment }', 'import { defineEnvironment, webhook }').replace(`name: '${name}'`, `name: '${name}', alerts: [webhook({ secret: 'ops', events: ['deployed', 'drift', 'health-degraded', 'sync-failed'] })]`);
      return [file, text];
    });
    const workspace = await createWorkspace(runtime, { ...files, ...Object.fromEntries(withAlerts) }, await upstreamFolder());
    first = await workspace.deliver('First', {});
    // The one thing that a person brings: where to post to. The bootstrap asks for it.
    const address = `http://127.0.0.1:${(receiver.address() as AddressInfo).port}/alerts`;
    const secret = { apiVersion: 'v1', kind: 'Secret', metadata: { name: 'argocd-notifications-secret', namespace: 'argocd' }, stringData: { 'ops-address': address } };
    live = await startLiveCluster('argo-cd', workspace, runtime, first, {
      async secrets(plane) {
        await ensureNamespace(plane, 'argocd');
        await plane.kubectl(['apply', '--server-side', '--field-manager=person', '-f', '-'], { input: JSON.stringify(secret) });
      },
    });
    const { plane, controller } = live;
    const tools = await toolFolder(plane);
    notifications = await startHostPrograms(plane, async () => [await argoCdNotifications(plane, controller.namespace, tools)]);
  }, minutes(10));
  afterAll(async () => {
    await notifications?.stop();
    await live?.stop();
    await server?.stop();
    receiver?.close();
  }, minutes(2));

  it('tell of an app that differs from Git and waits to be asked', { timeout: minutes(5) }, async () => {
    const { involvedObject, severity, message, metadata } = await alert(waiting, 'drift');
    expect({ involvedObject, severity, message, metadata }).toEqual({
      involvedObject: { apiVersion: 'argoproj.io/v1alpha1', kind: 'Application', name: waiting, namespace: live.controller.namespace },
      severity: 'error',
      message: `${waiting} on blue differs from ${first.slice(0, 7)} of the runtime repo.`,
      metadata: { app: 'hello-tornado', cluster: 'blue', environment: environments.waiting, link: '', revision: first },
    });
  });

  it('tell of an app that has arrived, once', { timeout: minutes(5) }, async () => {
    await live.controller.arrived(automated, first);
    const { severity, message } = await alert(automated, 'deployed');
    expect({ severity, message }).toEqual({ severity: 'info', message: `${automated} on blue runs ${first.slice(0, 7)} of the runtime repo and is healthy.` });
    await live.controller.refresh();
    await live.controller.arrived(automated, first);
    expect(told.filter(({ involvedObject, reason: why }) => involvedObject.name === automated && why === 'deployed')).toHaveLength(1);
  });

  it('tell of drift no more when the app was applied, and of drift again when a hand changes it', { timeout: minutes(6) }, async () => {
    await live.controller.apply(waiting);
    await live.controller.arrived(waiting, first);
    await alert(waiting, 'deployed');
    expect(told.filter(({ involvedObject, reason: why }) => involvedObject.name === waiting && why === 'drift')).toHaveLength(1);
    await live.plane.kubectl(['scale', 'deployment/hello-tornado', '-n', waiting, '--replicas=7']);
    await live.controller.refresh();
    await waitFor('the second alert of drift', async () => (told.filter(({ involvedObject, reason: why }) => involvedObject.name === waiting && why === 'drift').length === 2 ? true : undefined), { seconds: 240, programs: notifications.programs });
  });
});
