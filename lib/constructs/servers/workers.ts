import { cpuMillis, memoryBytes, quantityProblem } from '../../values/quantity.ts';
import type { ServerSetting } from './server.ts';

/** How a worker process spends its time, which says how many of them a core carries. */
export type WorkerKind =
  /** One request at a time, waiting included. */
  | 'sync'
  /** Several requests in threads. */
  | 'threaded'
  /** Many requests in one event loop. */
  | 'async';

/** Bounds of every count of workers; beyond them more pods serve better than more workers. */
export const workerBounds = {
  /** Most workers of a pod. */
  most: 12,
  /** Memory that a worker is reckoned to take, in MiB: a framework with its imports. */
  memoryMiB: 128,
  /** Fewest sync workers, memory allowing: one slow request must not block the probe. */
  fewestSync: 2,
} as const;

const countByKind: Readonly<Record<WorkerKind, (cores: number) => number>> = {
  sync: (cores) => Math.max(workerBounds.fewestSync, Math.floor(2 * cores) + 1),
  threaded: (cores) => Math.ceil(cores),
  async: (cores) => Math.ceil(cores),
};

/**
 * Counts the workers of a pod. sync: `2 × cores + 1` rounded down, at least 2; threaded and async: one per core, rounded up. Never more
 * than 12, nor than the memory request holds at 128 MiB each; never less than 1. An unknown CPU request counts as one core.
 */
export function countWorkers(kind: WorkerKind, setting: Pick<ServerSetting, 'cpu' | 'memory'>): number {
  const wanted = countByKind[kind](coresOf(setting.cpu));
  return Math.max(1, Math.min(wanted, workerBounds.most, memoryBound(setting.memory)));
}

/** Cores of a CPU request; a malformed one is reported where resources are checked, and counts as one core here. */
export function coresOf(cpu: string | undefined): number {
  return cpu === undefined || quantityProblem(cpu) !== undefined ? 1 : cpuMillis(cpu) / 1000;
}

function memoryBound(memory: string | undefined): number {
  if (memory === undefined || quantityProblem(memory) !== undefined) return workerBounds.most;
  return Math.floor(memoryBytes(memory) / (workerBounds.memoryMiB * 1024 * 1024));
}
