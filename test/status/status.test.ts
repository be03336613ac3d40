import { describe, expect, it } from 'vitest';
import { describeStatus, isAllWell } from '../../lib/status/text.ts';
import type { ResourceStatus } from '../../lib/status/status.ts';
import { controllers, commit, find, history, recorded, rowsOf, set, tracker, webOf, type Kind } from './recorded.ts';

function outline(tree: readonly ResourceStatus[]): unknown[] {
  return tree.map(({ kind, health, children }) => [kind, health, outline(children)]);
}

/** What the controller itself says of its tracking object. */
const said: Readonly<Record<Kind, Readonly<Record<'failed' | 'byHand' | 'later', (record: ReturnType<typeof recorded>) => void>>>> = {
  'argo-cd': {
    failed: (record) => {
      set(tracker(record, 'argo-cd'), ['status', 'operationState', 'phase'], 'Failed');
      set(tracker(record, 'argo-cd'), ['status', 'operationState', 'message'], 'one or more objects failed to apply');
    },
    byHand: (record) => { set(tracker(record, 'argo-cd'), ['spec', 'syncPolicy'], {}); },
    later: (record) => { set(tracker(record, 'argo-cd'), ['status', 'sync', 'status'], 'OutOfSync'); },
  },
  flux: {
    failed: (record) => { set(tracker(record, 'flux'), ['status', 'conditions'], [{ type: 'Ready', status: 'False', reason: 'ReconciliationFailed', message: 'one or more objects failed to apply' }]); },
    byHand: (record) => { set(tracker(record, 'flux'), ['spec', 'suspend'], true); },
    later: (record) => { set(tracker(record, 'flux'), ['status', 'lastAppliedRevision'], `main@sha1:${'a'.repeat(40)}`); },
  },
};

describe.each(controllers)('the status of what %s tracks', (kind) => {
  it('has the same columns as under the other controller', () => {
    expect(webOf(kind, recorded(kind))).toMatchObject({
      name: 'web-prod', app: 'web', environment: 'prod', team: 'web', role: 'app', health: 'Healthy', sync: 'Synced', byHand: false, revision: commit, folders: ['apps/prod/web'],
      result: { phase: 'Succeeded', revision: commit }, commit: { author: 'Ada Lovelace', subject: 'prod: web v2 -> v3' },
      images: ['ghcr.io/acme/web:v3'], addresses: ['http://web.example.org'], problems: [],
    });
  });

  it('shows the objects and what they own, without the ReplicaSets of earlier versions', () => {
    expect(outline(webOf(kind, recorded(kind)).resources)).toEqual([
      ['Deployment', 'Healthy', [['ReplicaSet', 'Healthy', [['Pod', 'Healthy', []], ['Pod', 'Healthy', []]]]]],
      ['Ingress', 'Healthy', []], ['NetworkPolicy', 'Healthy', []], ['PodDisruptionBudget', 'Healthy', []], ['Service', 'Healthy', []], ['ServiceAccount', 'Healthy', []],
    ]);
  });

  it('is all well only when everything is healthy and as Git says', () => {
    expect(isAllWell(rowsOf(kind, recorded(kind)))).toBe(true);
    const later = recorded(kind);
    said[kind].later(later);
    expect(webOf(kind, later).sync).toBe('OutOfSync');
    expect(isAllWell(rowsOf(kind, later))).toBe(false);
  });

  it('says in words what failed and why', () => {
    const record = recorded(kind);
    said[kind].failed(record);
    expect(webOf(kind, record).result).toMatchObject({ phase: 'Failed', message: 'one or more objects failed to apply' });
    expect(describeStatus(rowsOf(kind, record), { colour: false, tree: false })).toContain('one or more objects failed to apply');
  });

  it('says that a change waits for a person', () => {
    const record = recorded(kind);
    said[kind].byHand(record);
    said[kind].later(record);
    expect(describeStatus([webOf(kind, record)], { colour: false, tree: false })).toContain('OutOfSync (by hand)');
  });

  it('names an object that is gone from the cluster', () => {
    const record = recorded(kind);
    const row = webOf(kind, { ...record, live: record.live.filter((object) => object['kind'] !== 'Service') });
    expect(row.resources.find((resource) => resource.kind === 'Service')).toMatchObject({ health: 'Missing', note: 'isn\'t there' });
  });

  it('shows a pod that can\'t start with its reason, below its owners', () => {
    const record = recorded(kind);
    for (const pod of record.live.filter((object) => object['kind'] === 'Pod')) set(pod, ['status'], { phase: 'Pending', containerStatuses: [{ state: { waiting: { reason: 'ImagePullBackOff' } } }] });
    const text = describeStatus([webOf(kind, record)], { colour: false, tree: true });
    expect(text).toMatch(/Deployment\/web .*\n +ReplicaSet\/web-\S+ .*\n +Pod\/web-\S+ Degraded: ImagePullBackOff/);
    expect(webOf(kind, record).images).toEqual([]);
  });

  it('shows a paused canary as suspended', () => {
    const record = recorded(kind);
    const deployment = find(record.live, 'Deployment', 'web');
    set(deployment, ['kind'], 'Rollout');
    set(deployment, ['apiVersion'], 'argoproj.io/v1alpha1');
    set(deployment, ['metadata', 'generation'], 4);
    set(deployment, ['status'], { observedGeneration: '4', phase: 'Paused', message: 'CanaryPauseStep' });
    const text = JSON.stringify(tracker(record, kind)).replace('"Deployment"', '"Rollout"').replace('_apps_Deployment', '_argoproj.io_Rollout').replace('"group":"apps","kind":"Rollout"', '"group":"argoproj.io","kind":"Rollout"')
      .replace('"group":"argoproj.io","kind":"Rollout","name":"web","namespace":"web-prod","status":"Synced","version":"v1"', '"group":"argoproj.io","kind":"Rollout","name":"web","namespace":"web-prod","status":"Synced","version":"v1alpha1"').replace('"id":"web-prod_web_argoproj.io_Rollout","v":"v1"', '"id":"web-prod_web_argoproj.io_Rollout","v":"v1alpha1"');
    const changed = { ...record, tracking: record.tracking.map((object) => (object === tracker(record, kind) ? JSON.parse(text) as typeof object : object)) };
    expect(webOf(kind, changed).resources.find((resource) => resource.kind === 'Rollout')).toMatchObject({ health: 'Suspended', note: 'CanaryPauseStep' });
  });
});

describe('the status under Flux', () => {
  it('doesn\'t count a later commit that leaves the app\'s folder as it was', () => {
    const record = recorded('flux');
    set(find(record.tracking, 'GitRepository', 'flux-system'), ['status', 'artifact', 'revision'], `main@sha1:${'b'.repeat(40)}`);
    expect(webOf('flux', record).sync).toBe('Synced');
    expect(webOf('flux', record, { ...history, isCurrent: () => undefined }).sync).toBe('OutOfSync');
  });

  it('is as healthy as the worst object, whatever Flux itself waits for', () => {
    const record = recorded('flux');
    set(find(record.live, 'Deployment', 'web'), ['status', 'availableReplicas'], 1);
    expect(webOf('flux', record).health).toBe('Progressing');
  });

  it('has one row for an app and what must finish before it', () => {
    const record = recorded('flux');
    const pre = find(record.tracking, 'Kustomization', 'web-prod.pre');
    set(pre, ['spec', 'dependsOn'], []);
    set(pre, ['status', 'conditions'], [{ type: 'Ready', status: 'False', reason: 'HealthCheckFailed', message: 'Job/migrate failed' }]);
    expect(rowsOf('flux', record).map(({ name }) => name)).toEqual(['root', 'web-prod']);
    expect(webOf('flux', record)).toMatchObject({ health: 'Degraded', trackers: ['web-prod.pre', 'web-prod'], problems: ['before it: HealthCheckFailed: Job/migrate failed'], result: { phase: 'Failed' } });
  });
});

describe('the text of a status', () => {
  it('says everything without colours, and colours no more than the words', () => {
    const plain = describeStatus(rowsOf('argo-cd', recorded('argo-cd')), { colour: false, tree: true });
    const coloured = describeStatus(rowsOf('argo-cd', recorded('argo-cd')), { colour: true, tree: true });
    expect(plain).not.toContain('\u001b');
    expect(coloured).toContain('\u001b[32mHealthy\u001b[0m');
    expect(coloured.replaceAll(/\u001b\[\d+m/g, '')).toBe(plain);
  });
});
