import type { Plane } from '../plane.ts';
import { StartError, waitFor, type Supervised } from '../process.ts';

/** Where an object lies in the API. */
export interface ObjectReference {
  /** `api/v1` or `apis/<group>/<version>`. */
  readonly path: string;
  /** Plural, such as `deployments`. */
  readonly resource: string;
  /** @default - cluster-scoped */
  readonly namespace?: string;
  readonly name: string;
}

/** The URL path of an object. */
export function objectPath({ path, resource, namespace, name }: ObjectReference): string {
  return `/${path}${namespace === undefined ? '' : `/namespaces/${namespace}`}/${resource}/${name}`;
}

/** What to wait for. */
export interface Awaited<T> {
  /** For the message, such as `Application web to be Synced`. */
  readonly what: string;
  until(object: T): boolean;
  /** What a person wants to know when it doesn't come about. @default - its status as JSON */
  readonly tell?: (object: T) => string;
  /** @default 240 */
  readonly seconds?: number;
  /** Programs without which it won't come about; the ends of their logs are told. @default - none */
  readonly programs?: readonly Supervised[];
}

/** Waits until an object is as wanted. @throws StartError that says what was awaited and how the object stood last */
export async function awaitObject<T>(plane: Plane, reference: ObjectReference, awaited: Awaited<T>): Promise<T> {
  const tell = awaited.tell ?? ((object: T) => tellStatus((object as { readonly status?: unknown }).status));
  let last = 'it was never there';
  const ask = async (): Promise<T | undefined> => {
    const answer = await plane.api.send('GET', objectPath(reference));
    if (answer.status !== 200) {
      last = `the API server answered ${answer.status}`;
      return undefined;
    }
    const object = JSON.parse(answer.body) as T;
    last = tell(object);
    return awaited.until(object) ? object : undefined;
  };
  try {
    return await waitFor(awaited.what, ask, { seconds: awaited.seconds ?? 240, programs: awaited.programs ?? [] });
  } catch (error) {
    if (!(error instanceof StartError)) throw error;
    throw new StartError(`${objectPath(reference)}: ${last}\n${error.message}`, { cause: error.cause });
  }
}

/** Waits until an object is gone. @throws StartError that says how it stood last */
export async function awaitAbsence(plane: Plane, reference: ObjectReference, programs: readonly Supervised[] = [], seconds = 240): Promise<void> {
  const gone = async (): Promise<true | undefined> => ((await plane.api.send('GET', objectPath(reference))).status === 404 ? true : undefined);
  await waitFor(`${objectPath(reference)} to be gone`, gone, { seconds, programs });
}

/** A status in one line. */
export function tellStatus(status: unknown): string {
  return `its status said last: ${JSON.stringify(status ?? null)}`;
}
