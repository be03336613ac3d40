import type { ServerProblem, ServerSetting } from './server.ts';

/** Seconds left between the end of a server's own graceful stop and the kill: it has to close its connections and exit. */
export const stopMarginSeconds = 5;

/** The time that a server gives running requests after SIGTERM. */
export interface GracefulStop {
  readonly seconds: number;
  readonly problems: readonly ServerProblem[];
}

/**
 * Fits a server's graceful timeout into the pod's grace period: what is left after the preStop hook, less a margin of 5 seconds
 * (at least 1 second). One that is asked for must end before the kill.
 */
export function gracefulStop(setting: Pick<ServerSetting, 'gracePeriodSeconds' | 'preStopSeconds'>, asked: number | undefined): GracefulStop {
  const left = setting.gracePeriodSeconds - setting.preStopSeconds;
  const seconds = asked ?? Math.max(1, left - stopMarginSeconds);
  if (seconds < left) return { seconds, problems: [] };
  const needed = seconds + setting.preStopSeconds + stopMarginSeconds;
  const what = asked === undefined ? 'a graceful stop of at least 1 second' : `gracefulTimeout ${asked}`;
  return {
    seconds,
    problems: [{
      message: `expected ${what} to end before the pod is killed: a grace period of ${setting.gracePeriodSeconds} s less ${setting.preStopSeconds} s of preStop leaves ${Math.max(0, left)} s`,
      fix: `give the pod a grace period of ${needed} s${asked === undefined ? '' : ', or a shorter gracefulTimeout'}`,
    }],
  };
}
