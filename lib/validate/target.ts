import type { CustomResources } from './schemas/custom-resources.ts';

/** An object that no unit renders, declared as existing on the clusters. */
export interface ExistingObject {
  readonly kind: 'Secret' | 'ConfigMap' | 'ServiceAccount' | 'PersistentVolumeClaim' | 'Service' | 'Namespace';
  readonly name: string;
  /** @default - in every namespace */
  readonly namespace?: string;
}

/** What a unit lands on. */
export interface ValidationTarget {
  /** The Kubernetes minors of its clusters, such as `1.35`; every object is checked against each. */
  readonly minors: readonly string[];
  /** What references may name though nobody renders it. @default - nothing */
  readonly existing?: readonly ExistingObject[];
  /** Where objects without a namespace land: the destination of the tracking object. @default - objects name their own */
  readonly namespace?: string;
  /** Schemas of custom resources beyond those that Slipway carries. @default - none */
  readonly customResources?: CustomResources;
}
