import { describe, expect, it } from 'vitest';
import { startPatientLoop } from '../../lib/control-plane/controllers/patient-loop.ts';

/** Runs a loop until it has looked a number of times, then stops it. */
async function looked(times: number, look: (count: number) => void): Promise<void> {
  let count = 0;
  let done = (): void => undefined;
  const enough = new Promise<void>((resolve) => void (done = resolve));
  const loop = startPatientLoop(async () => {
    count += 1;
    if (count === times) done();
    look(count);
  }, 1);
  await enough;
  // What it does after the last one that counts is the same as that one.
  await loop.stop();
}

describe('a patient loop', () => {
  it('goes on after looks that failed, and forgets them after one that did not', async () => {
    await looked(5, (count) => {
      if (count < 4) throw new Error('the API server is away');
    });
  });

  it('says when it is stopped what its last look failed with', async () => {
    await expect(looked(2, (count) => {
      if (count > 1) throw new Error('the API server is away');
    })).rejects.toThrow('the API server is away');
  });
});
