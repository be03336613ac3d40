import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { celeryWorkerDefaults, taskMarginSeconds } from '../../../lib/constructs/companions/celery-worker-process.ts';
import { celeryGraceSeconds } from '../../../lib/constructs/companions/celery-worker.ts';
import { heartbeatMaxAge, workerMinReadySeconds } from '../../../lib/constructs/companions/companion-props.ts';
import { databaseMigrationDefaults } from '../../../lib/constructs/companions/database-migration.ts';
import { rqWorkerDefaults } from '../../../lib/constructs/companions/rq-worker.ts';
import { scheduledTaskDefaults } from '../../../lib/constructs/companions/scheduled-task.ts';
import { commandDefaults } from '../../../lib/constructs/servers/command.ts';
import { gracefulStop, stopMarginSeconds } from '../../../lib/constructs/servers/graceful-stop.ts';
import { gunicornDefaults, gunicornFolder } from '../../../lib/constructs/servers/gunicorn.ts';
import { hypercornDefaults } from '../../../lib/constructs/servers/hypercorn.ts';
import { probeTimes } from '../../../lib/constructs/servers/probes.ts';
import { multiprocessFolder } from '../../../lib/constructs/servers/shared-metrics.ts';
import { tornadoDefaults } from '../../../lib/constructs/servers/tornado.ts';
import { uvicornDefaults } from '../../../lib/constructs/servers/uvicorn.ts';
import { countWorkers, workerBounds } from '../../../lib/constructs/servers/workers.ts';
import { defaultSizes } from '../../../lib/model/sizes.ts';

const text = readFileSync(new URL('../../../docs/servers.md', import.meta.url), 'utf8');
const flowing = text.replace(/\s+/g, ' ');

/** The cells of the table row that starts with this text. */
function row(first: string): string[] {
  const line = text.split('\n').find((each) => each.startsWith(`| ${first}`));
  if (line === undefined) throw new Error(`no row ${first}`);
  return line.split('|').slice(1, -1).map((cell) => cell.trim());
}

describe('docs/servers.md tells the real defaults', () => {
  it.each([
    ['`gunicorn(app)`', gunicornDefaults], ['`uvicorn(app)`', uvicornDefaults], ['`hypercorn(app)`', hypercornDefaults], ['`tornado(module)`', tornadoDefaults], ['`command([...])`', commandDefaults],
  ])('of %s', (name, defaults) => {
    const told = Object.fromEntries((row(name)[3] ?? '').split(', ').map((pair) => pair.split(': ')));
    expect(told).toEqual(Object.fromEntries(Object.entries(defaults).map(([key, value]) => [key, String(value)])));
  });

  it.each(Object.entries(defaultSizes))('of workers at size %s', (name, { cpu, memory }) => {
    expect(row(name)).toEqual([name, cpu, memory, ...(['sync', 'threaded', 'async'] as const).map((kind) => String(countWorkers(kind, { cpu, memory })))]);
  });

  it.each(Object.entries(probeTimes))('of the %s probe', (name, { periodSeconds, failureThreshold, timeoutSeconds }) => {
    expect(row(name).slice(3)).toEqual([`${periodSeconds} s`, `${failureThreshold} failures`, `${timeoutSeconds} s`]);
  });

  it.each([
    `at least ${workerBounds.fewestSync}, so that`, `No count is above ${workerBounds.most}, nor above what the memory request holds at ${workerBounds.memoryMiB} MiB`,
    `less ${stopMarginSeconds} seconds: of 30 seconds with a delay of 5 it has ${gracefulStop({ gracePeriodSeconds: 30, preStopSeconds: 5 }, undefined).seconds}.`,
    `in \`${gunicornFolder.mountPath}\`, a volume in memory of at most ${gunicornFolder.sizeLimit}`, `through \`${multiprocessFolder.mountPath}\` (\`PROMETHEUS_MULTIPROC_DIR\`), in memory, at most ${multiprocessFolder.sizeLimit};`,
    `\`celery worker\`: ${celeryWorkerDefaults.pool}, one process per core, prefetch ${celeryWorkerDefaults.prefetchMultiplier}`, `finishes those that run: ${celeryGraceSeconds} s, or \`timeLimit\` + ${taskMarginSeconds} s`,
    `finishes its job: ${rqWorkerDefaults.graceSeconds} s`, `a CronJob | ended after ${scheduledTaskDefaults.activeDeadlineSeconds} s`, `ended as failed after ${databaseMigrationDefaults.activeDeadlineSeconds} s`,
    `has to run for ${workerMinReadySeconds} seconds`, `(at most ${heartbeatMaxAge} seconds old)`,
  ])('in the sentence "%s"', (sentence) => {
    expect(flowing).toContain(sentence);
  });
});
