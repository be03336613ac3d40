import { z } from 'zod';
import { absolutePathSchema } from '../secret-use.ts';
import type { CommonProps } from '../python-app/props.ts';
import type { Probes } from '../servers/server.ts';
import type { SameAs } from './same-as.ts';

/** A file by which a process shows that it works: the app's own code touches it. */
export interface Heartbeat {
  /** Its path, in a folder that the process may write to, such as `/tmp`. */
  readonly file: string;
  /** Seconds without a touch after which the container is restarted. @default 60 */
  readonly maxAgeSeconds?: number;
}

/** What every worker can be told: all that a PythonApp can, but what serves requests. */
export interface WorkerProps extends SameAs, Omit<CommonProps, 'args' | 'command' | 'expose' | 'health' | 'image' | 'port' | 'probes' | 'selector' | 'server' | 'service' | 'statefulSet' | 'workload'> {}

/** How the kubelet knows that a worker works. */
export interface HeartbeatOptions {
  /**
   * A file that the app touches while its worker works; then its age is the liveness probe.
   * @default - no liveness probe: workers reconnect by themselves and exit when they can't go on, and asking them through the broker starts Python anew each time
   */
  readonly heartbeat?: Heartbeat;
}

export const heartbeatSchema = z.strictObject({ file: absolutePathSchema, maxAgeSeconds: z.int().min(1).max(86_400).optional() });

/** Age of a heartbeat file after which its process counts as stuck, in seconds. */
export const heartbeatMaxAge = 60;

/** Seconds that a new worker has to run before an old one goes: it has no readiness probe, and one that can't start ends within them. */
export const workerMinReadySeconds = 10;

const ageCheck = 'import os, sys, time; sys.exit(time.time() - os.stat(sys.argv[1]).st_mtime > float(sys.argv[2]))';

/** The liveness probe of a worker: the age of its heartbeat file, told by a bare Python without the app. */
export function heartbeatProbes(heartbeat: Heartbeat | undefined): Probes {
  if (heartbeat === undefined) return {};
  const exec = { command: ['python', '-S', '-c', ageCheck, heartbeat.file, String(heartbeat.maxAgeSeconds ?? heartbeatMaxAge)] };
  return { startup: { exec, periodSeconds: 5, failureThreshold: 24, timeoutSeconds: 5 }, liveness: { exec, periodSeconds: 20, failureThreshold: 3, timeoutSeconds: 5 } };
}
