import { setTimeout as sleep } from 'node:timers/promises';

/** Milliseconds for which a loop puts up with failures: longer than an API server takes to start again. */
const patience = 120_000;

/** Something that looks again and again. */
export interface PatientLoop {
  /** Returns after the last look. @throws what the last look failed with */
  stop(): Promise<void>;
}

/**
 * Looks again and again, with a pause between. A look that fails is followed by another one, as a controller does while its API
 * server is away; when none succeeds for two minutes, it gives up.
 *
 * @param pause milliseconds between two looks
 */
export function startPatientLoop(look: () => Promise<void>, pause: number): PatientLoop {
  let stopping = false;
  let failed: { readonly since: number; readonly error: unknown } | undefined;
  const loop = async (): Promise<void> => {
    while (!stopping) {
      try {
        await look();
        failed = undefined;
      } catch (error) {
        failed = { since: failed?.since ?? performance.now(), error };
        if (performance.now() - failed.since > patience) return;
      }
      await sleep(pause);
    }
  };
  const running = loop();
  return {
    async stop() {
      stopping = true;
      await running;
      if (failed !== undefined) throw failed.error;
    },
  };
}
