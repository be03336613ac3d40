import { Chart, type App } from 'cdk8s';
import { Node, type Construct } from 'constructs';
import type { ExistingObject } from '../manifests/rendered.ts';
import type { ServiceEndpoint } from '../model/app.ts';
import type { BuildContext } from '../model/context.ts';
import { SlipwayError, type Problem } from '../values/errors.ts';

/** A Service of another app, resolved for one environment. */
export interface ResolvedEndpoint {
  /** The app that provides it. */
  readonly app: string;
  readonly namespace: string;
  /** DNS name of the Service, with the cluster's domain. */
  readonly host: string;
  readonly port: number;
  /** Port of its pods. */
  readonly targetPort: number;
  /** `<scheme>://<host>:<port>`. */
  readonly url: string;
}

/** What an `AppChart` is made with. */
export interface AppChartProps {
  readonly context: BuildContext;
  /** The Services that the app provides to others: network policies admit their callers. @default [] */
  readonly provides?: readonly ServiceEndpoint[];
  /** Resolves a Service of another app here; an error names what is missing. */
  resolve(endpoint: ServiceEndpoint): ResolvedEndpoint;
}

/** The chart of one app in one environment: what `build` gets, and where its constructs find their context. */
export class AppChart extends Chart {
  readonly context: BuildContext;
  /** The Services that the app provides to others. */
  readonly provides: readonly ServiceEndpoint[];
  /** What constructs found wrong; the render reports them all at once. */
  readonly problems: Problem[] = [];
  /** What the app declares as existing without Git. */
  readonly existing: ExistingObject[] = [];
  /** Secrets encrypted by SOPS and who asks for them: only Flux decrypts them, so a cluster of another controller can't take the app. */
  readonly sopsSecrets: { readonly where: string; readonly name: string }[] = [];
  readonly #resolve: AppChartProps['resolve'];

  constructor(app: App, id: string, props: AppChartProps) {
    super(app, id, { namespace: props.context.namespace, disableResourceNameHashes: true });
    this.context = props.context;
    this.provides = props.provides ?? [];
    this.#resolve = props.resolve;
  }

  /** cdk8s lets every Chart be an instance of each of its subclasses; an AppChart is told by what only it has. */
  static override [Symbol.hasInstance](value: unknown): value is AppChart {
    return typeof value === 'object' && value !== null && #resolve in value;
  }

  /** The chart that a construct lies in. Throws where it lies in none, naming the construct. */
  static override of(construct: Construct): AppChart {
    const chart = Chart.of(construct);
    if (chart instanceof AppChart) return chart;
    throw SlipwayError.of(Node.of(construct).path, 'expected a construct inside the chart that `build` gets, got one in another chart', 'pass the chart (or a construct in it) as scope');
  }

  /** Notes a problem at a construct (and one of its props) and goes on, so that all are reported together. */
  report(construct: Construct, message: string, fix?: string, field?: string): void {
    const where = field === undefined ? Node.of(construct).path : `${Node.of(construct).path}: ${field}`;
    this.problems.push(fix === undefined ? { where, message } : { where, message, fix });
  }

  /** The address of another app's Service here. */
  resolve(endpoint: ServiceEndpoint): ResolvedEndpoint {
    return this.#resolve(endpoint);
  }
}
