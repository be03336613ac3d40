import type { IRollout } from '@kubernetes-models/argo-rollouts/argoproj.io/v1alpha1/Rollout';
import { Construct } from 'constructs';
import type { IDaemonSet } from 'kubernetes-models/apps/v1/DaemonSet';
import type { IDeployment } from 'kubernetes-models/apps/v1/Deployment';
import type { IStatefulSet } from 'kubernetes-models/apps/v1/StatefulSet';
import { SlipwayError } from '../../values/errors.ts';
import { AppChart } from '../app-chart.ts';
import { Manifest, type ManifestValue } from '../manifest.ts';
import { rolloutFor, rolloutSecrets, rolloutWaivers } from '../rollout/build.ts';
import { migratingWorkloads, migrationWaivers } from '../rollout/migration.ts';
import type { WorkloadIdentity } from '../workload-identity.ts';
import { appCheckProblems } from './app-checks.ts';
import { checkPod } from './check-pod.ts';
import { identityOf } from './identity.ts';
import { findObject, type ManifestOf, type ObjectKind, type ObjectsByKind } from './objects.ts';
import { podOptionsOf } from './app-pod-options.ts';
import { appTraffic, partsOf } from './parts.ts';
import type { PodOptions } from './pod-options.ts';
import { buildPod, type PodBuild } from './pod.ts';
import type { PythonAppProps } from './props.ts';
import { pythonAppSchema } from './schema.ts';
import { secretManifests } from './secrets.ts';
import { workloadKind } from './services.ts';
import { workloadFor } from './workload.ts';

/**
 * A Python app in production: its pods and what surrounds them. What isn't said is what an expert would choose. Problems are noted on the
 * chart, all at once; an app with a problem renders nothing.
 */
export class PythonApp extends Construct {
  /** How its objects are named and its pods are found. */
  readonly identity: WorkloadIdentity;
  /** What it was made with. */
  readonly props: PythonAppProps;
  /** Its pods. @default - undefined when something was wrong */
  readonly pod?: PodBuild;
  readonly #objects: Manifest<ManifestValue>[] = [];

  constructor(scope: Construct, id: string, props: PythonAppProps) {
    super(scope, id);
    const chart = AppChart.of(this);
    this.props = props;
    let options: PodOptions = { id };
    const plan = checkPod<PythonAppProps>(this, pythonAppSchema, props, (sound) => (options = podOptionsOf(chart, id, sound)), (sound, pod) => appCheckProblems(chart, id, sound, pod));
    this.identity = identityOf(chart.context, id, plan === undefined ? {} : props);
    if (plan === undefined) return;
    this.pod = buildPod(this, this.identity, props, plan, options);
    this.#objects.push(...this.pod.reads);
    const ways = appTraffic(chart, this.identity, props, this.pod.ports);
    const leading = ways.plan === undefined ? workloadFor(this.identity, props, this.pod) : rolloutFor(this.identity, props, this.pod, ways.plan, ways.traffic.routing);
    const { workload, beside } = migratingWorkloads(this.identity, props, this.pod, leading);
    const manifest = this.#add('workload', workload);
    for (const [part, value] of beside) this.#add(part, value);
    if (ways.plan !== undefined) {
      this.#objects.push(...secretManifests(this, this.identity, rolloutSecrets(ways.plan)));
      for (const { rule, reason } of rolloutWaivers(ways.plan)) manifest.waive(rule, reason);
    }
    for (const [part, value] of partsOf(chart, this.identity, props, this.pod, ways)) this.#add(part, value);
  }

  /** Name of its objects. */
  get name(): string {
    return this.identity.name;
  }

  /** Its ConfigMap, for another construct that reads the same: `config: web.config`. */
  get config(): PodBuild['config'] {
    return this.pod?.config;
  }

  /** Its Deployment, Rollout, StatefulSet or DaemonSet. Throws when something was wrong with the app. */
  get workload(): Manifest<IDaemonSet | IDeployment | IRollout | IStatefulSet> {
    return this.object(workloadKind(this.props)) as Manifest<IDaemonSet | IDeployment | IRollout | IStatefulSet>;
  }

  /** Every object that it consists of. */
  get objects(): readonly Manifest<ManifestValue>[] {
    return this.#objects;
  }

  /** The one object of a kind, or of a kind and name. Throws, naming those that exist. */
  object<K extends ObjectKind>(kind: K, name?: string): ManifestOf<K> {
    // What is wrong with the app was noted already: nothing is added to that.
    if (this.pod === undefined) throw new SlipwayError([]);
    return findObject(this.#objects, kind, name, this.node.path);
  }

  /**
   * Changes one of its objects in place, typed by its kind: `app.patch('Deployment', (deployment) => { … })`. Whatever is set is written;
   * a value that YAML can't hold is an error, never dropped. Does nothing for an app with a problem.
   */
  patch<K extends ObjectKind>(kind: K, change: (object: ObjectsByKind[K]) => void, name?: string): this {
    if (this.pod !== undefined) this.object(kind, name).patch(change);
    return this;
  }

  #add(part: string, value: ManifestValue): Manifest<ManifestValue> {
    const manifest = new Manifest(this, part, value, { withoutNamespace: true });
    for (const { rule, reason } of migrationWaivers(this.props, value)) manifest.waive(rule, reason);
    this.#objects.push(manifest);
    return manifest;
  }
}
