import type { IProbe } from 'kubernetes-models/v1/Probe';
import type { Probes, ServerSetting } from './server.ts';

/** How often the probes of a server ask, in seconds, and how many failures they bear. */
export const probeTimes = {
  /** Two minutes to start, asked often, so that a fast start is seen at once. */
  startup: { periodSeconds: 2, failureThreshold: 60, timeoutSeconds: 3 },
  /** Out of the Service after 15 seconds. */
  readiness: { periodSeconds: 5, failureThreshold: 3, timeoutSeconds: 3 },
  /** Restarted after a minute without an answer: a restart under load makes things worse. */
  liveness: { periodSeconds: 10, failureThreshold: 6, timeoutSeconds: 5 },
} as const;

/**
 * The probes of a server. With a health path, startup and readiness ask it, and so does liveness where nothing else would notice a stuck
 * event loop. A server that supervises its workers replaces a stuck one itself: there, and without a path, liveness only opens a
 * connection, since asking a busy app kills it when it is needed most.
 */
export function probesFor(setting: Pick<ServerSetting, 'health' | 'portName'>, supervised: boolean): Probes {
  const connection = { tcpSocket: { port: setting.portName ?? 'http' } };
  const question = askingFor(setting) ?? connection;
  return {
    startup: { ...question, ...probeTimes.startup },
    readiness: { ...question, ...probeTimes.readiness },
    liveness: { ...(supervised ? connection : question), ...probeTimes.liveness },
  };
}

function askingFor({ health, portName = 'http' }: Pick<ServerSetting, 'health' | 'portName'>): Pick<IProbe, 'httpGet'> | undefined {
  if (health === undefined) return undefined;
  const headers = health.host === undefined ? undefined : [{ name: 'Host', value: health.host }];
  return { httpGet: { path: health.path, port: portName, ...(headers !== undefined && { httpHeaders: headers }) } };
}
