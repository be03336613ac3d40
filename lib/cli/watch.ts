import { setTimeout as sleep } from 'node:timers/promises';
import type { Output } from './output.ts';

/** What is watched. */
export interface WatchOptions<T> {
  /** The first look, which may ask for more than the others. */
  first(): Promise<T>;
  look(): Promise<T>;
  /** What decides whether something changed. */
  textOf(found: T): string;
  /** Tells it; the exit code of the last one is that of the watch. */
  tell(found: T): number;
  /** Between two looks, in milliseconds. */
  readonly pause: number;
  readonly output: Output;
}

/** Looks again and again until it is interrupted (Ctrl-C), and tells what changed. */
export async function watch<T>({ first, look, textOf, tell, pause, output }: WatchOptions<T>): Promise<number> {
  const stop = new AbortController();
  const interrupt = (): void => stop.abort();
  process.once('SIGINT', interrupt).once('SIGTERM', interrupt);
  try {
    let told: string | undefined;
    let code = 0;
    for (let found = await first(); !stop.signal.aborted; found = await look()) {
      const text = textOf(found);
      if (text !== told) {
        if (told !== undefined) output.redraw?.();
        code = tell(found);
        told = text;
      }
      await sleep(pause, undefined, { signal: stop.signal }).catch(unlessStopped);
      if (stop.signal.aborted) break;
    }
    return code;
  } finally {
    process.off('SIGINT', interrupt).off('SIGTERM', interrupt);
  }
}

function unlessStopped(error: Error): void {
  if (error.name !== 'AbortError') throw error;
}
