import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { versionOf } from '../../../lib/control-plane/build.ts';
import { components } from '../../../lib/control-plane/components.ts';
import { borrow, type Borrowed } from '../harness/borrow.ts';
import { named } from '../harness/need.ts';
import type { Plane } from '../../../lib/control-plane/plane.ts';
import { usePlane } from '../harness/use-plane.ts';

const { reason, isExisting, attach } = usePlane();
const notOurs = isExisting ? 'the cluster was there before' : undefined;
const restricted = { 'pod-security.kubernetes.io/enforce': 'restricted' };

const namespace = (name: string) => ({ apiVersion: 'v1', kind: 'Namespace', metadata: { name, labels: restricted } });

/** A namespace, and a Deployment of two pods that the "restricted" standard admits unless it runs as root. */
function sample(name: string, runAsNonRoot: boolean): string {
  const securityContext = {
    runAsNonRoot,
    allowPrivilegeEscalation: false,
    capabilities: { drop: ['ALL'] },
    seccompProfile: { type: 'RuntimeDefault' },
  };
  const template = {
    metadata: { labels: { app: name } },
    spec: { containers: [{ name: 'main', image: 'example.test/main:1', securityContext }] },
  };
  const items = [
    namespace(name),
    {
      apiVersion: 'apps/v1',
      kind: 'Deployment',
      metadata: { name, namespace: name },
      spec: { replicas: 2, selector: { matchLabels: { app: name } }, template },
    },
  ];
  return JSON.stringify({ apiVersion: 'v1', kind: 'List', items });
}

describe.skipIf(reason)(named('control plane', reason), () => {
  let plane: Plane;
  let borrowed: Borrowed | undefined;
  beforeAll(async () => {
    plane = await attach();
    if (isExisting) borrowed = await borrow(plane, ['admitted', 'denied'].map(namespace));
  });
  afterAll(() => borrowed?.giveBack());

  it.skipIf(notOurs)(named('is the pinned version and knows the client as its administrator', notOurs), async () => {
    const version = (await plane.api.get('/version')) as { gitVersion: string };
    expect(version.gitVersion).toBe(`v${versionOf(components.kubernetes)}`);
    expect((await plane.kubectl(['auth', 'whoami', '-o', 'jsonpath={.status.userInfo.username}'])).stdout).toBe('e2e-admin');
  });

  it('enforces RBAC: a user without a role may read nothing', async () => {
    const list = plane.kubectl(['get', 'pods', '--as', 'nobody']);
    await expect(list).rejects.toThrow('pods is forbidden');
  });

  it.skipIf(notOurs)(named('brings a Deployment to Available in a namespace that enforces the restricted standard', notOurs), async () => {
    await plane.kubectl(['apply', '--server-side', '-f', '-'], { input: sample('admitted', true) });
    await plane.kubectl(['wait', '-n', 'admitted', 'deployment/admitted', '--for=condition=Available', '--timeout=240s']);
    const pods = await plane.kubectl(['get', 'pods', '-n', 'admitted', '-o', 'jsonpath={.items[*].status.phase}']);
    expect(pods.stdout).toBe('Running Running');
  });

  it('denies the pods of a Deployment that runs as root there', async () => {
    await plane.kubectl(['apply', '--server-side', '-f', '-'], { input: sample('denied', false) });
    const message = (): Promise<string> =>
      plane
        .kubectl(['get', 'deployment', 'denied', '-n', 'denied', '-o', 'jsonpath={.status.conditions[?(@.type=="ReplicaFailure")].message}'])
        .then(({ stdout }) => stdout);
    await expect.poll(message, { timeout: 60_000 }).toContain('violates PodSecurity "restricted:latest": runAsNonRoot != true');
  });
});
