import type { KustomizationImage, KustomizationPatch } from '../../manifests/kustomization.ts';
import type { KubeObject } from '../../manifests/rendered.ts';
import type { AddOn, AddOnResources } from '../../model/add-ons.ts';
import type { Cluster } from '../../model/cluster.ts';

/** How an add-on is installed, and what it brings. */
export interface AddOnDefinition {
  /** Where it runs. */
  readonly namespace: string;
  /** Whether every cluster has the namespace from the beginning: then nobody renders it. @default false */
  readonly namespaceExists?: boolean;
  /** The Pod Security standard that its pods keep. */
  readonly podSecurity: 'restricted' | 'baseline' | 'privileged';
  /** API groups of the custom resources that it defines, sorted. */
  readonly groups: readonly string[];
  /** Puts every namespaced object into its namespace, because upstream's manifest names none. @default false */
  readonly setsNamespace?: boolean;
  /** How its chart is rendered. @default - upstream publishes a manifest */
  readonly chart?: AddOnChart;
  /** Patches beyond those that every add-on gets. @default - none */
  patches?(addOn: AddOn, cluster: Cluster): readonly KustomizationPatch[];
  /** Objects beside upstream's. @default - none */
  objects?(addOn: AddOn): readonly KubeObject[];
  /** Image versions that upstream's manifest doesn't name. @default - none */
  images?(addOn: AddOn): readonly KustomizationImage[];
  /** The Deployment whose container `resources` is for. @default - a chart, whose values say it */
  readonly controller?: AddOnController;
}

/** The chart of an add-on. */
export interface AddOnChart {
  /** Helm's release name. */
  readonly release: string;
  /** What Slipway sets: custom resources included, no hooks, no secrets of its own making. */
  readonly values: Readonly<Record<string, unknown>>;
}

/** The container that is an add-on's controller. */
export interface AddOnController {
  readonly deployment: string;
  readonly container: string;
  /** @default - upstream's own */
  readonly resources?: AddOnResources;
}
