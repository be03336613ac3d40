import type { ExistingObject } from '../manifests/rendered.ts';
import { keep, type KeptObject } from './kept-object.ts';
import { record, text } from './schemas/plain.ts';
import { AnalysisBook } from './rollouts/analysis-book.ts';
import { QuotaBook } from './rollouts/quota-book.ts';
import type { LandedObject, Landing } from './scope/landing.ts';
import { upstreamObjects } from './tree/upstream-objects.ts';
import { TreeIndex } from './tree/tree-index.ts';
import { podSecurityBreaches, type PodSecurityBreach } from './scope/pod-security.ts';

/** A reference to an object that its own unit does not make. */
export interface PendingReference {
  readonly from: KeptObject;
  readonly field: string;
  /** Group and kind of what it names. */
  readonly kind: string;
  readonly namespace: string;
  readonly name: string;
}

/** What is kept of all units until the end: who makes what where, and which references wait for a maker. */
export class FleetIndex {
  readonly pending: PendingReference[] = [];
  /** Who follows which folder, and what the folders use and define. */
  readonly trees = new TreeIndex();
  /** Who starts which analyses. */
  readonly analyses = new AnalysisBook();
  /** Who asks for how much of which quota. */
  readonly quotas = new QuotaBook();
  /** What Pod Security standards would refuse, by workload; whether they do is up to the namespace. */
  readonly breaches: { readonly object: KeptObject; readonly breaches: readonly PodSecurityBreach[] }[] = [];
  readonly #owners = new Map<string, KeptObject[]>();
  readonly #existing = new Set<string>();
  readonly #definitions = new Map<string, readonly string[]>();
  readonly #given = new Map<string, Set<string>>();
  #declared: Readonly<Record<string, readonly string[]>> | undefined;
  readonly #namespaces = new Map<string, Map<string, string | undefined>>();

  /** Declares objects that exist without anyone making them. */
  declare(existing: readonly ExistingObject[]): void {
    for (const { kind, namespace, name } of existing) this.#existing.add(keyOf(kind, namespace, name));
  }

  /** Declares namespaces that exist without being rendered, by cluster. */
  declareNamespaces(namespaces: Readonly<Record<string, readonly string[]>>): void {
    if (this.#declared === namespaces) return;
    this.#declared = namespaces;
    for (const [cluster, names] of Object.entries(namespaces)) {
      let known = this.#given.get(cluster);
      if (known === undefined) this.#given.set(cluster, (known = new Set()));
      for (const name of names) known.add(name);
    }
  }

  /** Whether a namespace exists on a cluster without being rendered. */
  isGiven(cluster: string, namespace: string): boolean {
    return this.#given.get(cluster)?.has(namespace) ?? false;
  }

  /** Declares API groups, and kinds as `<group>/<Kind>`, whose definitions are on a cluster without being rendered. */
  declareDefinitions(definitions: Readonly<Record<string, readonly string[]>>): void {
    if (this.#definitions.size === 0) for (const [cluster, names] of Object.entries(definitions)) this.#definitions.set(cluster, names);
  }

  /** Whether it is known what a cluster has without being rendered. */
  knowsDefinitions(cluster: string): boolean {
    return this.#definitions.has(cluster);
  }

  /** Whether the definition of a custom resource is on a cluster without being rendered. */
  isDefined(cluster: string, kind: string): boolean {
    return this.#definitions.get(cluster)?.some((name) => name === kind || name === kind.slice(0, kind.indexOf('/'))) ?? false;
  }

  /** Keeps who makes which objects; those whose schema is broken are mended before anything else is said of them. */
  add(landing: Landing, isBroken: (object: LandedObject) => boolean): void {
    this.analyses.add(landing, isBroken);
    this.quotas.add(landing, isBroken);
    for (const object of landing.objects) {
      const kept = keep(object, landing);
      for (const key of [keyOf(object.kind, object.namespace, object.name), ...madeBy(object)]) {
        const owners = this.#owners.get(key);
        if (owners === undefined) this.#owners.set(key, [kept]);
        else owners.push(kept);
      }
      if (object.kind === 'Namespace') this.#addNamespace(object, landing.clusters);
      const breaches = object.workload === undefined ? [] : podSecurityBreaches(object.workload);
      if (breaches.length > 0) this.breaches.push({ object: kept, breaches });
    }
  }

  /** Adds what upstream manifests bring, once all units are known. */
  addUpstream(): void {
    for (const kept of upstreamObjects(this.trees)) {
      const { kind, namespace, name } = kept.landed;
      const key = keyOf(kind, namespace, name);
      const owners = this.#owners.get(key);
      if (owners === undefined) this.#owners.set(key, [kept]);
      else owners.push(kept);
      if (kind === 'Namespace') this.declareNamespaces(Object.fromEntries(kept.clusters.map((cluster) => [cluster, [name]])));
    }
  }

  /** Notes that an object names another, unless its own render makes that one. */
  refer(landing: Landing, object: LandedObject, field: string, kind: string, namespace: string, name: string): void {
    if (landing.find(kind, namespace, name) === undefined) this.pending.push({ from: keep(object, landing), field, kind, namespace, name });
  }

  /** What several objects make, such as `Secret shop/database`, with those objects in the order of arrival. */
  *contested(): Generator<{ readonly what: string; readonly owners: readonly KeptObject[] }, void, void> {
    for (const [key, owners] of this.#owners) if (owners.length > 1) yield { what: key.slice(key.slice(0, key.indexOf(' ')).lastIndexOf('/') + 1).replace(' /', ' '), owners };
  }

  /** Whether someone makes an object, or it is declared, on every one of some clusters; the clusters where not. */
  missingOn(kind: string, namespace: string, name: string, clusters: readonly string[]): readonly string[] {
    if (this.#existing.has(keyOf(kind, namespace, name)) || this.#existing.has(keyOf(kind, '', name))) return [];
    const makers = this.#owners.get(keyOf(kind, namespace, name)) ?? [];
    const made = new Set(makers.flatMap((maker) => maker.clusters));
    return clusters.filter((cluster) => !made.has(cluster));
  }

  /** Names that someone makes of a kind in a namespace, for suggestions. */
  namesOf(kind: string, namespace: string): string[] {
    const prefix = keyOf(kind, namespace, '');
    return [...this.#owners.keys(), ...this.#existing].filter((key) => key.startsWith(prefix)).map((key) => key.slice(prefix.length));
  }

  /** The namespaces rendered for a cluster; undefined when none is, and somebody else looks after them. */
  namespacesOn(cluster: string): ReadonlyMap<string, string | undefined> | undefined {
    return this.#namespaces.get(cluster);
  }

  /** The Pod Security standard that a namespace enforces on a cluster; undefined when it is not rendered or enforces none. */
  standardOn(cluster: string, namespace: string): string | undefined {
    return this.#namespaces.get(cluster)?.get(namespace);
  }

  #addNamespace(namespace: LandedObject, clusters: readonly string[]): void {
    for (const cluster of clusters) {
      let names = this.#namespaces.get(cluster);
      if (names === undefined) this.#namespaces.set(cluster, (names = new Map()));
      names.set(namespace.name, namespace.labels.get('pod-security.kubernetes.io/enforce'));
    }
  }

  /** Every object that is kept, each once. */
  *objects(): Generator<KeptObject, void, void> {
    const seen = new Set<KeptObject>();
    for (const owners of this.#owners.values()) {
      for (const owner of owners) {
        if (seen.has(owner)) continue;
        seen.add(owner);
        yield owner;
      }
    }
  }
}

/** The Secrets that an object makes in the cluster. */
function madeBy(object: LandedObject): string[] {
  const spec = record(object.value, 'spec');
  switch (object.kind) {
    case 'external-secrets.io/ExternalSecret':
      // These policies fill a Secret that another makes.
      if (['Merge', 'None'].includes(text(record(spec, 'target'), 'creationPolicy') ?? '')) return [];
      return [keyOf('Secret', object.namespace, text(record(spec, 'target'), 'name') ?? object.name)];
    case 'bitnami.com/SealedSecret':
      return [keyOf('Secret', object.namespace, object.name)];
    case 'cert-manager.io/Certificate':
      return [keyOf('Secret', object.namespace, text(spec, 'secretName') ?? object.name)];
    default:
      return [];
  }
}

function keyOf(kind: string, namespace: string, name: string): string {
  return `${kind} ${namespace}/${name}`;
}
