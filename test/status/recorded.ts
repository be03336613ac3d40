import { readFileSync } from 'node:fs';
import { readings, statusOf } from '../../lib/status/read.ts';
import type { RuntimeHistory } from '../../lib/status/commits.ts';
import { kindText, kindsToRead, keyOf } from '../../lib/status/live.ts';
import type { TrackedStatus } from '../../lib/status/status.ts';
import { isFields } from '../../lib/values/fields.ts';

/** What real controllers and API servers answered (Argo CD 3.2.11, Flux's kustomize-controller 1.9.5, Kubernetes 1.35.4): the same app on two clusters. */
export interface Recorded {
  readonly tracking: readonly Json[];
  readonly live: readonly Json[];
}

/** An object that a test may change. */
export interface Json { [field: string]: unknown }

export const controllers = ['argo-cd', 'flux'] as const;
export type Kind = (typeof controllers)[number];

/** The commit that both clusters had applied when they were recorded. */
export const commit = 'db14f1ecad10a7e1a41fc604d1551238bbc72b38';

/** A fresh copy of a record. */
export function recorded(kind: Kind): Recorded {
  return JSON.parse(readFileSync(new URL(`recorded/${kind}.json`, import.meta.url), 'utf8')) as Recorded;
}

/** The object of a record with this kind and name. */
export function find(objects: readonly Json[], kind: string, name: string): Json {
  const found = objects.find((object) => object['kind'] === kind && isFields(object['metadata']) && object['metadata']['name'] === name);
  if (found === undefined) throw new Error(`no ${kind} ${name} in the record`);
  return found;
}

/** The app's tracking object. */
export function tracker(record: Recorded, kind: Kind): Json {
  return find(record.tracking, kind === 'flux' ? 'Kustomization' : 'Application', 'web-prod');
}

/** Sets a field by its path. */
export function set(object: Json, path: readonly string[], value: unknown): void {
  let at = object;
  for (const name of path.slice(0, -1)) {
    if (!isFields(at[name])) at[name] = {};
    at = at[name] as Json;
  }
  at[path.at(-1) ?? ''] = value;
}

export const history: RuntimeHistory = {
  head: commit,
  commits: new Map([[commit, { author: 'Ada Lovelace', subject: 'prod: web v2 -> v3', at: '2026-11-21T15:35:12Z' }]]),
  isCurrent: (at) => (at === commit ? true : undefined),
};

/** The rows of a record as `slipway status` shows them. */
export function rowsOf(kind: Kind, record: Recorded, runtime: RuntimeHistory = history): TrackedStatus[] {
  return readings(kind, record.tracking).map((reading) => {
    const asked = new Set(kindsToRead(reading.resources));
    return statusOf(reading, kind, { kinds: asked, objects: record.live.filter((object) => asked.has(kindText(keyOf(object)))) }, runtime);
  });
}

/** The row of the app. */
export function webOf(kind: Kind, record: Recorded, runtime: RuntimeHistory = history): TrackedStatus {
  const found = rowsOf(kind, record, runtime).find(({ app }) => app === 'web');
  if (found === undefined) throw new Error('no row of the app');
  return found;
}
