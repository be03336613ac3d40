import { ApiObject, Chart } from 'cdk8s';
import { Node, type Construct } from 'constructs';
import type { KubeObject, Waiver } from '../manifests/rendered.ts';
import { describeValue } from '../model/schema.ts';
import { SlipwayError } from '../values/errors.ts';
import { AppChart } from './app-chart.ts';
import { isPlain, plainProblems } from './plain.ts';

/** When an object is applied: `pre` is what must be there, or finish, before a new version takes traffic. */
export type Stage = 'app' | 'pre';

/** A Kubernetes object as the typed models describe it. */
export interface ManifestValue {
  apiVersion: string;
  kind: string;
  metadata?: object;
}

/** How a Manifest is made. */
export interface ManifestOptions {
  /** Whether an object without namespace keeps none, as one without namespaces of its kind has to. @default false: it gets the app's */
  readonly withoutNamespace?: boolean;
}

/** One Kubernetes object that stays plain, typed data until it is written. Throws where it has no apiVersion or kind. */
export class Manifest<T extends ManifestValue = KubeObject> extends ApiObject {
  /** The object as it will be written. Change it by `patch`. */
  readonly value: T;
  readonly #waivers: Waiver[] = [];
  #stage: Stage = 'app';

  /** cdk8s lets every ApiObject be an instance of each of its subclasses; a Manifest is told by what only it has. */
  static override [Symbol.hasInstance](value: unknown): value is Manifest {
    return typeof value === 'object' && value !== null && #waivers in value;
  }

  constructor(scope: Construct, id: string, value: T, options: ManifestOptions = {}) {
    for (const field of ['apiVersion', 'kind'] as const) {
      const given: unknown = value[field];
      if (typeof given !== 'string' || given === '') throw SlipwayError.of(`${Node.of(scope).path}/${id}: ${field}`, `expected text, got ${describeValue(given)}`, `say the object's ${field}, such as ${field === 'kind' ? 'Service' : 'v1'}`);
    }
    const metadata = value.metadata as { readonly name?: string; readonly namespace?: string } | undefined;
    super(scope, id, {
      apiVersion: value.apiVersion,
      kind: value.kind,
      metadata: { ...(metadata?.name !== undefined && { name: metadata.name }), ...(metadata?.namespace !== undefined && { namespace: metadata.namespace }) },
    });
    const inherited = options.withoutNamespace === true || metadata?.namespace !== undefined ? undefined : Chart.of(scope).namespace;
    this.value = inherited === undefined ? value : { ...value, metadata: { ...metadata, namespace: inherited } };
  }

  /** Changes the object in place: whatever is set is written; a value that YAML can't hold is an error, never dropped. */
  patch(change: (value: T) => void): this {
    change(this.value);
    return this;
  }

  /** Lets the object break a validation rule; the reason stands in every report. */
  waive(rule: string, reason: string): this {
    this.#waivers.push({ rule, reason });
    return this;
  }

  get waivers(): readonly Waiver[] {
    return this.#waivers;
  }

  /** Which folder of the app it goes to. */
  get stage(): Stage {
    return this.#stage;
  }

  /** Applies the object before the app itself, in its `pre/` folder. */
  beforeApp(): this {
    this.#stage = 'pre';
    return this;
  }

  override toJson(): T {
    if (isPlain(this.value)) return this.value;
    for (const problem of plainProblems(this.value)) AppChart.of(this).report(this, problem.message, problem.fix);
    return this.value;
  }
}
