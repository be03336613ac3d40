import type { Probe as PlusProbe } from 'cdk8s-plus-27';
import type { IHTTPGetAction } from 'kubernetes-models/v1/HTTPGetAction';
import type { IProbe } from 'kubernetes-models/v1/Probe';
import type { ITCPSocketAction } from 'kubernetes-models/v1/TCPSocketAction';

/** A probe as `startupProbe`, `readinessProbe` and `livenessProbe` have it; what isn't said stays as the server has it. */
export interface ProbeProps extends Omit<IProbe, 'httpGet' | 'tcpSocket'> {
  /** HTTP GET (`httpGet`). The port is a number or a port's name. @default - port: the app's first */
  readonly httpGet?: Omit<IHTTPGetAction, 'port'> & { readonly port?: number | string };
  /** A connection (`tcpSocket`). @default - port: the app's first */
  readonly tcpSocket?: Omit<ITCPSocketAction, 'port'> & { readonly port?: number | string };
}

/** One probe: the path of an HTTP GET, the fields that differ, a Probe of cdk8s-plus-27, or `false` for none. */
export type ProbeInput = string | ProbeProps | PlusProbe | false;

/** The three probes of a container. */
export interface ProbesProps {
  /** Holds the other two back until the app has started. @default - the server's */
  readonly startup?: ProbeInput;
  /** Whether the pod gets traffic. @default - the server's */
  readonly readiness?: ProbeInput;
  /** Whether the container is restarted. @default - the server's */
  readonly liveness?: ProbeInput;
}
