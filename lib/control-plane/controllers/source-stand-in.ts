import { once } from 'node:events';
import { mkdtemp, readFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import type { Plane } from '../plane.ts';
import { objectPath } from './await-object.ts';
import { startPatientLoop } from './patient-loop.ts';
import { packArtifact, remoteCommit, type Artifact, type GitSourceSpec } from './source-artifact.ts';

/** The stand-in for Flux's source-controller. */
export interface SourceStandIn {
  stop(): Promise<void>;
}

/** A GitRepository, as far as the stand-in reads it. */
export interface GitRepositoryObject {
  readonly metadata: {
    readonly name: string;
    readonly namespace: string;
    readonly generation: number;
    readonly annotations?: Readonly<Record<string, string>>;
  };
  readonly spec: {
    readonly url: string;
    readonly interval: string;
    readonly suspend?: boolean;
    readonly ref?: { readonly branch?: string };
    readonly secretRef?: { readonly name: string };
    readonly sparseCheckout?: readonly string[];
    readonly ignore?: string;
    readonly [field: string]: unknown;
  };
  readonly status?: {
    readonly observedGeneration?: number;
    readonly lastHandledReconcileAt?: string;
    readonly artifact?: { readonly revision: string; readonly digest: string };
    readonly conditions?: readonly Condition[];
  };
}

/** A condition of a status. */
export interface Condition {
  readonly type: string;
  readonly status: string;
  readonly reason: string;
  readonly message: string;
  readonly lastTransitionTime: string;
  readonly observedGeneration: number;
}

const list = '/apis/source.toolkit.fluxcd.io/v1/gitrepositories';
const requested = 'reconcile.fluxcd.io/requestedAt';
/** The fields that are honoured or need nothing. Another one is told as not supported rather than passed over. */
const honoured = new Set(['interval', 'timeout', 'url', 'suspend', 'ref', 'secretRef', 'sparseCheckout', 'ignore', 'provider']);

/**
 * Plays Flux's source-controller, which cannot be had as a Go module, for GitRepository objects: fetches a branch by Git, serves it as
 * tar.gz over HTTP and tells so in the status. It looks after an object when its generation changes, when a reconciliation is
 * asked for by annotation, and after a failure; the interval is not kept: tests ask.
 */
export async function startSourceStandIn(plane: Plane): Promise<SourceStandIn> {
  const work = await mkdtemp(join(plane.folder, 'source-stand-in-'));
  const artifacts = new Map<string, Artifact>();
  const failedAt = new Map<string, number>();
  const server = createServer((request, response) => {
    const artifact = artifacts.get(request.url ?? '');
    if (artifact === undefined) return void response.writeHead(404).end();
    readFile(artifact.file).then((bytes) => response.end(bytes), (error: Error) => response.destroy(error));
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  const look = async (): Promise<void> => {
    const answer = await plane.api.send('GET', list);
    const { items = [] } = JSON.parse(answer.body) as { readonly items?: readonly GitRepositoryObject[] };
    for (const object of items) {
      // What failed is tried again in a second, unless it has changed or somebody asks.
      const waits = performance.now() - (failedAt.get(key(object)) ?? -Infinity) < 1000;
      if (isDue(object) || (!isReady(object) && !waits)) await reconcile(object);
    }
  };
  const reconcile = async (object: GitRepositoryObject): Promise<void> => {
    const { name, namespace, generation, annotations } = object.metadata;
    const path = objectPath({ path: 'apis/source.toolkit.fluxcd.io/v1', resource: 'gitrepositories', namespace, name });
    const asked = annotations?.[requested];
    const base = { observedGeneration: generation, ...(asked === undefined ? {} : { lastHandledReconcileAt: asked }) };
    try {
      const spec = await sourceSpec(plane, object);
      const commit = await remoteCommit(spec);
      const artifact = await packArtifact(work, `${namespace}-${name}`, commit, spec);
      const served = `/gitrepository/${namespace}/${name}/${commit}.tar.gz`;
      artifacts.set(served, artifact);
      const stored = { path: served.slice(1), url: `http://127.0.0.1:${port}${served}`, revision: artifact.revision, digest: artifact.digest, size: artifact.size };
      const unchanged = object.status?.artifact?.digest === artifact.digest && object.status.artifact.revision === artifact.revision;
      const message = `stored artifact for revision '${artifact.revision}'`;
      const conditions = [condition(object, 'Ready', 'True', 'Succeeded', message), condition(object, 'ArtifactInStorage', 'True', 'Succeeded', message)];
      const kept = unchanged ? {} : { artifact: { ...stored, lastUpdateTime: new Date().toISOString() } };
      await plane.api.merge(`${path}/status`, { status: { ...base, conditions, ...kept } });
    } catch (error) {
      // As the real one: the artifact stays, Ready turns False with the reason.
      failedAt.set(key(object), performance.now());
      const message = error instanceof Error ? error.message : String(error);
      const reason = error instanceof MissingSecret ? 'AuthenticationFailed' : 'GitOperationFailed';
      const failed = [condition(object, 'Ready', 'False', reason, message), condition(object, 'FetchFailed', 'True', reason, message)];
      const stored = object.status?.conditions?.filter(({ type }) => type === 'ArtifactInStorage') ?? [];
      await plane.api.merge(`${path}/status`, { status: { ...base, conditions: [...failed, ...stored] } });
    }
  };
  const loop = startPatientLoop(look, 100);
  return {
    async stop() {
      await loop.stop().finally(close);
    },
  };
  async function close(): Promise<void> {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  }
}

/** The Secret with the credentials of a source does not exist. */
class MissingSecret extends Error {}

function key({ metadata }: GitRepositoryObject): string {
  return `${metadata.namespace}/${metadata.name}`;
}

/** Whether somebody asks, or it has changed. A request that is taken off again, as a Kustomization does that applies the object anew, is none. */
export function isDue({ metadata, spec, status = {} }: Pick<GitRepositoryObject, 'metadata' | 'spec' | 'status'>): boolean {
  if (spec.suspend === true) return false;
  const asked = metadata.annotations?.[requested];
  return status.observedGeneration !== metadata.generation || (asked !== undefined && status.lastHandledReconcileAt !== asked);
}

function isReady({ spec, status }: GitRepositoryObject): boolean {
  return spec.suspend === true || status?.conditions?.find(({ type }) => type === 'Ready')?.status === 'True';
}

async function sourceSpec(plane: Plane, { metadata, spec }: GitRepositoryObject): Promise<GitSourceSpec> {
  const unknown = Object.keys(spec).filter((field) => !honoured.has(field));
  if (unknown.length > 0) throw new Error(`the stand-in for source-controller does not support spec.${unknown.join(', spec.')}`);
  if (spec.ref?.branch === undefined || Object.keys(spec.ref).length > 1) throw new Error(`the stand-in for source-controller follows branches only, got ${JSON.stringify(spec.ref)}`);
  if (spec.secretRef !== undefined) {
    const secret = { path: 'api/v1', resource: 'secrets', namespace: metadata.namespace, name: spec.secretRef.name };
    const { status } = await plane.api.send('GET', objectPath(secret));
    if (status !== 200) throw new MissingSecret(`failed to get secret '${metadata.namespace}/${spec.secretRef.name}': status ${status}`);
  }
  const { url, ref: { branch }, sparseCheckout, ignore } = { ...spec, ref: { branch: spec.ref.branch } };
  return { url, branch, ...(sparseCheckout && { sparseCheckout }), ...(ignore !== undefined && { ignore }) };
}

function condition(object: GitRepositoryObject, type: string, status: string, reason: string, message: string): Condition {
  const before = object.status?.conditions?.find((each) => each.type === type);
  const lastTransitionTime = before?.status === status ? before.lastTransitionTime : new Date().toISOString();
  return { type, status, reason, message, lastTransitionTime, observedGeneration: object.metadata.generation };
}
