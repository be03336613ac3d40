import type { IProbe } from 'kubernetes-models/v1/Probe';

/** What a server is started in: the part of the pod that decides its arguments. */
export interface ServerSetting {
  /** Port on which it listens (`containerPort`). */
  readonly port: number;
  /** Name of that port (`ports[].name`), by which the probes find it. @default 'http' */
  readonly portName?: string;
  /** CPU request (`resources.requests.cpu`), from which the workers are counted. @default - unknown: as for one core */
  readonly cpu?: string;
  /** Memory request (`resources.requests.memory`), which bounds the workers. @default - unknown: no bound */
  readonly memory?: string;
  /** The pod's grace period in seconds (`terminationGracePeriodSeconds`), counted from the start of its preStop hook. */
  readonly gracePeriodSeconds: number;
  /** Seconds that its preStop hook waits before the server gets SIGTERM. */
  readonly preStopSeconds: number;
  /** Whether Prometheus scrapes the pod: several processes then share their metrics through a folder. @default false */
  readonly monitoring?: boolean;
  /** Where the app says whether it is well. @default - nowhere: the probes only open a connection */
  readonly health?: HealthCheck;
}

/** Where an app says whether it is well. */
export interface HealthCheck {
  /** Path that answers 200 to 399 while the app can serve (`httpGet.path`). */
  readonly path: string;
  /** `Host` header of the request, for apps that check it, such as Django. @default - the pod's address */
  readonly host?: string;
}

/** A folder that a server writes to while it runs: an `emptyDir`. */
export interface ScratchFolder {
  /** Name of the volume: a DNS label. */
  readonly name: string;
  readonly mountPath: string;
  /** Whether it lies in memory (`emptyDir.medium: Memory`), where it counts against the memory limit. */
  readonly memory: boolean;
  /** Most it may hold (`emptyDir.sizeLimit`). */
  readonly sizeLimit: string;
}

/** The probes of a container. */
export interface Probes {
  readonly startup?: IProbe;
  readonly readiness?: IProbe;
  readonly liveness?: IProbe;
}

/** What is wrong with a server's options, in the form that `AppChart.report` takes. */
export interface ServerProblem {
  readonly message: string;
  readonly fix?: string;
}

/** How a server is started, as pure data. */
export interface ServerProcess {
  /** The program (`containers[].command`), never a shell. @default - the image's own entry point */
  readonly command?: readonly string[];
  /** Its arguments (`containers[].args`). @default - none, or the image's own where there is no command */
  readonly args?: readonly string[];
  /** Environment variables that it needs; the app's own win over them. */
  readonly env: Readonly<Record<string, string>>;
  /** Folders that it writes to. */
  readonly scratch: readonly ScratchFolder[];
  /** The probes that fit it. */
  readonly probes: Probes;
  /** Processes that serve requests. */
  readonly workers: number;
  /** Seconds that it gives running requests after SIGTERM. @default - the app's own business */
  readonly gracefulSeconds?: number;
  /** What is wrong with its options, here; the rest of the answer then stands on the defaults. */
  readonly problems: readonly ServerProblem[];
}

/** The program that serves an app's requests: made by `gunicorn`, `uvicorn`, `hypercorn`, `tornado` or `command`, it answers for itself. */
export interface Server {
  /** Which one it is, for messages and reports. */
  readonly kind: string;
  /** Python package of what it serves, such as `storefront`, where companions look for theirs. @default - not known */
  readonly package?: string;
  /** How it is started in a pod. */
  start(setting: ServerSetting): ServerProcess;
}
