import { defineConfig } from 'vitest/config';
import { describeTimes, readUses } from './test/e2e/harness/times.ts';
import { ClosingLineReporter } from './test/reporter.ts';

const logs = process.env['SLIPWAY_RUN_FOLDER'];

/**
 * Real components: `npm run test:e2e`. Two files run beside each other: what takes their time is waiting for controllers, and more would slow
 * the controllers. Those that share one control plane follow, one after another.
 */
export default defineConfig({
  test: {
    maxWorkers: 2,
    // Tests that say so run beside each other: what takes their time is waiting for controllers.
    maxConcurrency: 40,
    // Generous: a busy machine is no failure, and what goes well doesn't wait.
    testTimeout: 600_000,
    hookTimeout: 600_000,
    expect: { poll: { timeout: 60_000 } },
    reporters: ['verbose', new ClosingLineReporter('e2e', logs && `logs are kept in ${logs}`, (seconds) => describeTimes(seconds, logs === undefined ? [] : readUses(logs)))],
    projects: [
      // What needs no control plane, or starts one of its own.
      { extends: true, test: { name: 'host', include: ['test/e2e/host/*.test.ts'] } },
      // Argo CD, Flux and Argo Rollouts on control planes of their own.
      { extends: true, test: { name: 'controllers', include: ['test/e2e/controllers/*.test.ts'] } },
      // What shares one control plane, started once for all files.
      {
        extends: true,
        test: { name: 'plane', include: ['test/e2e/plane/*.test.ts'], globalSetup: 'test/e2e/harness/shared-plane.ts', fileParallelism: false, sequence: { groupOrder: 1 } },
      },
    ],
  },
});
