import type { IProbe } from 'kubernetes-models/v1/Probe';
import type { Probes } from '../servers/server.ts';
import { fromPlus, isPlusValue } from './interop.ts';
import type { ProbeInput, ProbeProps, ProbesProps } from './probe-props.ts';

/** The probes of a container in the fields that it has for them. */
export interface ContainerProbes {
  readonly startupProbe?: IProbe;
  readonly readinessProbe?: IProbe;
  readonly livenessProbe?: IProbe;
}

/** The port that probes ask unless they say another. */
export interface ProbePort {
  readonly port: number;
  /** As a probe says it: its name, or its number where it has none. */
  readonly target: number | string;
}

const handlers = ['httpGet', 'tcpSocket', 'grpc', 'exec'] as const;

/** The server's probes with what the app says merged over them. */
export function containerProbes(said: ProbesProps | false | undefined, defaults: Probes, port: ProbePort | undefined): ContainerProbes {
  if (said === false) return {};
  const one = (name: keyof ProbesProps): IProbe | undefined => probeOf(said?.[name], defaults[name], port);
  const startup = one('startup');
  const readiness = one('readiness');
  const liveness = one('liveness');
  return {
    ...(startup !== undefined && { startupProbe: startup }),
    ...(readiness !== undefined && { readinessProbe: readiness }),
    ...(liveness !== undefined && { livenessProbe: liveness }),
  };
}

function probeOf(said: ProbeInput | undefined, fallback: IProbe | undefined, port: ProbePort | undefined): IProbe | undefined {
  if (said === false) return undefined;
  if (said === undefined) return fallback === undefined ? undefined : asking(fallback, port);
  if (isPlusValue(said)) return fromPlus(said, port?.port) as IProbe;
  const given: ProbeProps = typeof said === 'string' ? { httpGet: { path: said } } : said as ProbeProps;
  const timings = handlers.some((handler) => given[handler] !== undefined) ? withoutHandler(fallback) : fallback === undefined ? undefined : asking(fallback, port);
  const { httpGet, tcpSocket, ...rest } = given;
  const target = port?.target ?? '';
  return {
    ...(httpGet !== undefined && { httpGet: { ...httpGet, port: httpGet.port ?? target } }),
    ...(tcpSocket !== undefined && { tcpSocket: { ...tcpSocket, port: tcpSocket.port ?? target } }),
    ...timings,
    ...rest,
  };
}

/** A probe by the port's name, by its number where the port has none. */
function asking(probe: IProbe, port: ProbePort | undefined): IProbe {
  if (typeof port?.target !== 'number') return probe;
  const { httpGet, tcpSocket, ...rest } = probe;
  return {
    ...(httpGet !== undefined && { httpGet: { ...httpGet, port: typeof httpGet.port === 'string' ? port.target : httpGet.port } }),
    ...(tcpSocket !== undefined && { tcpSocket: { ...tcpSocket, port: typeof tcpSocket.port === 'string' ? port.target : tcpSocket.port } }),
    ...rest,
  };
}

function withoutHandler(probe: IProbe | undefined): IProbe | undefined {
  if (probe === undefined) return undefined;
  const { httpGet: _get, tcpSocket: _socket, grpc: _grpc, exec: _exec, ...timings } = probe;
  return timings;
}
