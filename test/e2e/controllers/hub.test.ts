import { readFile } from 'node:fs/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { provider as existingProvider } from '../../../lib/clusters/existing/existing.ts';
import type { ClusterProvider } from '../../../lib/clusters/cluster.ts';
import { makeStack } from '../../../lib/clusters/provision.ts';
import { stackSettings } from '../../../lib/clusters/settings.ts';
import { awaitAbsence, awaitObject, objectPath, type ObjectReference } from '../../../lib/control-plane/controllers/await-object.ts';
import { startGitServer } from '../../../lib/control-plane/controllers/git-server.ts';
import { startOperatorsStandIn } from '../../../lib/control-plane/controllers/operators-stand-in.ts';
import { startPlane, type OwnPlane, type Plane } from '../../../lib/control-plane/plane.ts';
import { waitFor } from '../../../lib/control-plane/process.ts';
import type { Provider } from '../../../lib/model/infrastructure/infrastructure.ts';
import { textAt } from '../../../lib/values/fields.ts';
import { loadWorkspace } from '../../../lib/workspace.ts';
import { runProgram } from '../../clusters/mock-engine.ts';
import type { Application } from '../harness/controllers/argo-cd.ts';
import { pins } from '../harness/controllers/fleet-files.ts';
import { createRepository, type GitRepository } from '../harness/controllers/git-repository.ts';
import { hubApp, hubClusters, hubDefinition, hubFiles, hubUpstream, memberApp, memberDefinition, visitor } from '../harness/controllers/hub-files.ts';
import { startLiveCluster, type LiveCluster } from '../harness/controllers/live-cluster.ts';
import { applyAsPulumi, deleteAsPulumi, wantedObjects, type WantedObject } from '../harness/controllers/registered.ts';
import { createWorkspace, type Workspace } from '../harness/controllers/workspace.ts';
import { named, whyWithout } from '../harness/need.ts';

const reason = await whyWithout('supervise', 'pki', 'etcd', 'kubernetes', 'kwok', 'kustomize', 'redis', 'helm', 'argo-cd', 'sourceignore');
/** Generous: a busy machine is no failure. */
const minutes = (count: number): number => count * 2 * 60_000;
const seconds = 240;
const { hub: hubName, member: memberName } = hubClusters;
const app = { onHub: `${hubApp}-prod`, onMember: `${memberName}-${hubApp}-prod`, visitor: `${memberName}-${visitor.name}-prod` } as const;
const deployment: ObjectReference = { path: 'apis/apps/v1', resource: 'deployments', namespace: `${hubApp}-prod`, name: hubApp };
const removal = ['--allow-removal', `Namespace/${visitor.name}-prod`, '--max-removal', '1'] as const;
const visitorThing: ObjectReference = { path: 'apis/apps/v1', resource: 'deployments', namespace: `${visitor.name}-prod`, name: visitor.name };
const unknownCluster = `there are no clusters with this name: ${memberName}`;
const registration: ObjectReference = { path: 'api/v1', resource: 'secrets', namespace: 'argocd', name: `cluster-${memberName}` };

describe.skipIf(reason)(named('a hub and the cluster to which it delivers', reason), () => {
  const stops: (() => Promise<void>)[] = [];
  let runtime: GitRepository;
  let workspace: Workspace;
  let hub: LiveCluster;
  let member: OwnPlane;
  let commit: string;
  let wanted: readonly WantedObject[];

  /** What the program of the member's stack asks Pulumi's provider for Kubernetes to make, given the token that the member has made. */
  const stack = async (token?: Readonly<Record<string, string>>, generation = 1): Promise<WantedObject[]> => {
    const fleet = await loadWorkspace(workspace.folder);
    const cluster = fleet.clusters.find(({ name }) => name === memberName);
    if (cluster === undefined) throw new Error(`expected a cluster ${memberName} in the workspace`);
    const kubeconfig = await readFile(hub.plane.kubeconfig, 'utf8');
    const { resources } = await runProgram({
      stack: memberName,
      preview: token === undefined,
      config: { 'slipway:kubeconfig': await readFile(member.kubeconfig, 'utf8') },
      secretKeys: ['slipway:kubeconfig'],
      outputs: {
        'pulumi:pulumi:StackReference': () => ({ outputs: { kubeconfig }, secretOutputNames: ['kubeconfig'] }),
        'kubernetes:core/v1:Secret': (_, name) => (name === `${memberName}-hub-token` && token !== undefined ? { data: token } : {}),
      },
    }, () => makeStack({ cluster, fleet, provider: existingProvider as unknown as ClusterProvider<Provider>, settings: stackSettings() }));
    return wantedObjects(resources, generation);
  };
  const isOnHub = ({ provider }: WantedObject): boolean => provider === `${memberName}-at-${hubName}`;
  const only = (objects: readonly WantedObject[], resource: string): WantedObject => {
    const [found, ...others] = objects.filter((each) => each.resource === resource);
    if (found === undefined || others.length > 0) throw new Error(`expected one ${resource}, got ${objects.map((each) => each.resource).join(', ')}`);
    return found;
  };
  const tokenOf = async ({ object: { metadata } }: WantedObject): Promise<Readonly<Record<string, string>>> => {
    const { data } = await awaitObject<{ readonly data?: Readonly<Record<string, string>> }>(member, { path: 'api/v1', resource: 'secrets', namespace: metadata.namespace ?? '', name: metadata.name }, { what: 'its token', until: (secret) => secret.data?.['token'] !== undefined });
    return data ?? {};
  };
  /** What an engine does on the first `pulumi up`: what lies on the member, then what lies on the hub. */
  const register = async (generation: number): Promise<WantedObject[]> => {
    const onMember = (await stack(undefined, generation)).filter((each) => !isOnHub(each));
    for (const each of onMember) await applyAsPulumi(member, each);
    const all = await stack(await tokenOf(only(onMember, `${memberName}-hub-token`)), generation);
    for (const each of all.filter(isOnHub)) await applyAsPulumi(hub.plane, each);
    return all;
  };

  const application = async (name: string, what: string, until: (application: Application) => boolean): Promise<Application> =>
    awaitObject<Application>(hub.plane, { path: 'apis/argoproj.io/v1alpha1', resource: 'applications', namespace: 'argocd', name }, { what: `Application ${name} to be ${what}`, until, seconds, tell: ({ status }) => JSON.stringify(status), programs: hub.controller.programs });
  const conditionOf = ({ status }: Application): string => (status?.conditions ?? []).map(({ message }) => message).join('\n');
  const image = (plane: Plane, tag: string) => awaitObject(plane, deployment, { what: `${hubApp} at ${tag}`, until: (object) => JSON.stringify(object).includes(`ghcr.io/acme/${hubApp}:${tag}`), seconds, programs: hub.controller.programs });
  const visitorThere = () => awaitObject(member, visitorThing, { what: `${visitor.name} to be there`, until: () => true, seconds, programs: hub.controller.programs });
  const deliver = async (message: string, files: Readonly<Record<string, string | undefined>>, ...options: readonly string[]): Promise<void> => {
    commit = await workspace.deliver(message, files, ...options);
    await hub.controller.refresh();
  };

  beforeAll(async () => {
    runtime = await createRepository();
    const server = await startGitServer(runtime.folder);
    stops.push(() => server.stop());
    workspace = await createWorkspace(runtime, await hubFiles(server.url(runtime.name)), await hubUpstream());
    commit = await workspace.deliver('First', {});
    const stopped = <T extends { stop(): Promise<void> }>(started: T): T => {
      stops.push(() => started.stop());
      return started;
    };
    // Also where the other doesn't start.
    const both = [startLiveCluster('argo-cd', workspace, runtime, commit, { cluster: hubName, secrets: () => Promise.resolve() }).then(stopped), startPlane({ autoscaler: false, name: memberName }).then(stopped)] as const;
    await Promise.allSettled(both);
    [hub, member] = await Promise.all(both);
    const operators = await startOperatorsStandIn(member);
    stops.push(() => operators.stop());
  }, minutes(8));
  afterAll(async () => {
    for (const stop of stops.splice(0).reverse()) await stop();
  }, minutes(2));

  it('is there before its members are: the hub has its own apps, and says of the member that it doesn\'t know it', { timeout: minutes(6) }, async () => {
    await hub.controller.arrived(app.onHub, commit);
    const unknown = await application(`${memberName}-platform`, 'told that the cluster isn\'t known', (each) => conditionOf(each) !== '');
    expect(conditionOf(unknown)).toContain(unknownCluster);
    expect((await member.api.send('GET', '/api/v1/namespaces/argocd')).status).toBe(404);
  });

  it('delivers to the member as soon as its stack has registered it, and nothing of Argo CD lands there', { timeout: minutes(6) }, async () => {
    wanted = await register(1);
    await hub.controller.refresh();
    for (const name of ['root', `${memberName}-platform`, app.onMember]) await hub.controller.arrived(name, commit);
    await image(member, 'v1');
    expect((await member.api.send('GET', '/api/v1/namespaces/argocd')).status).toBe(404);
    expect((await member.api.send('GET', '/apis/argoproj.io/v1alpha1')).status).toBe(404);
  });

  it('asks for the same objects on the next run', { timeout: minutes(1) }, async () => {
    const token = await tokenOf(only(wanted, `${memberName}-hub-token`));
    expect(await stack(token)).toEqual(wanted);
    const version = async (): Promise<unknown> => textAt(await hub.plane.api.get(objectPath(registration)), 'metadata', 'resourceVersion');
    const before = await version();
    for (const each of wanted.filter(isOnHub)) await applyAsPulumi(hub.plane, each);
    expect(await version()).toBe(before);
  });

  it('delivers a new version to both, and heals what a hand changes on the member', { timeout: minutes(6) }, async () => {
    await deliver('Second', { 'environments/images/prod/kustomization.yaml': pins({ [hubApp]: 'v2' }) });
    await Promise.all([image(hub.plane, 'v2'), image(member, 'v2')]);
    await member.kubectl(['scale', `deployment/${hubApp}`, '-n', deployment.namespace ?? '', '--replicas=7']);
    await awaitObject<{ readonly spec: { readonly replicas: number } }>(member, deployment, { what: '2 replicas again', until: ({ spec }) => spec.replicas === 2, seconds, programs: hub.controller.programs });
  });

  it('goes on with a new token, and the former one opens nothing any more', { timeout: minutes(6) }, async () => {
    const former = only(wanted, `${memberName}-hub-token`);
    const bearer = Buffer.from((await tokenOf(former))['token'] ?? '', 'base64').toString('utf8');
    const status = (): Promise<string> => member.kubectl(['get', 'namespaces', '--token', bearer, '--kubeconfig=/dev/null', '--server', member.server, '--insecure-skip-tls-verify']).then(() => 'let in', (error: unknown) => (/Unauthorized/.test(String(error)) ? 'Unauthorized' : String(error)));
    expect(await status()).toBe('let in');
    wanted = await register(2);
    expect(only(wanted, `${memberName}-hub-token`).object.metadata.name).not.toBe(former.object.metadata.name);
    await deleteAsPulumi(member, former);
    await waitFor('the former token to be refused', async () => ((await status()) === 'Unauthorized' ? true : undefined), { seconds: 60, programs: member.programs });
    await deliver('Third', { 'environments/images/prod/kustomization.yaml': pins({ [hubApp]: 'v3' }) });
    await Promise.all([image(hub.plane, 'v3'), image(member, 'v3')]);
  });

  it('delivers as the accounts of the member where the hub impersonates', { timeout: minutes(8) }, async () => {
    await deliver('Impersonate', { ...hubDefinition(', impersonation: true'), ...memberDefinition(`, server: '${member.server}'`), 'environments/images/prod/kustomization.yaml': pins({ [hubApp]: 'v4' }) });
    await Promise.all([image(hub.plane, 'v4'), image(member, 'v4')]);
    await hub.controller.arrived(app.onMember, commit);
  });

  it('takes an app off the member when Git does', { timeout: minutes(6) }, async () => {
    await visitorThere();
    await deliver('Leave', { [visitor.file]: undefined }, ...removal);
    await awaitAbsence(member, visitorThing, hub.controller.programs, seconds);
    await deliver('Come back', memberApp);
    await visitorThere();
  });

  it('touches nothing on the member when its stack goes first, lets go of what leaves Git then, and goes on once it is registered again', { timeout: minutes(10) }, async () => {
    for (const each of [...wanted].reverse()) await deleteAsPulumi(isOnHub(each) ? hub.plane : member, each);
    await application(app.visitor, 'told that the cluster isn\'t known', (each) => conditionOf(each).includes(unknownCluster));
    expect((await member.api.send('GET', objectPath(visitorThing))).status).toBe(200);
    await deliver('Gone', { [visitor.file]: undefined, 'environments/images/prod/kustomization.yaml': pins({ [hubApp]: 'v5' }) }, ...removal);
    await awaitAbsence(hub.plane, { path: 'apis/argoproj.io/v1alpha1', resource: 'applications', namespace: 'argocd', name: app.visitor }, hub.controller.programs, seconds);
    await image(hub.plane, 'v5');
    expect((await member.api.send('GET', objectPath(visitorThing))).status).toBe(200);
    await image(member, 'v4');
    await register(3);
    await hub.controller.refresh();
    await image(member, 'v5');
  });
});
