/** A Kubernetes object (or a kustomization) as plain data: what `kubectl apply` takes. */
export interface KubeObject {
  readonly apiVersion: string;
  readonly kind: string;
  readonly metadata?: ObjectMeta;
  readonly [field: string]: unknown;
}

/** The part of ObjectMeta that Slipway reads. */
export interface ObjectMeta {
  readonly name?: string;
  readonly namespace?: string;
  readonly labels?: Readonly<Record<string, string>>;
  readonly annotations?: Readonly<Record<string, string>>;
  readonly [field: string]: unknown;
}

/** A rule that an object is allowed to break, with the reason; every report lists it. */
export interface Waiver {
  /** The rule's id, such as `pdb-blocks-eviction`. */
  readonly rule: string;
  /** Why it is right here; shown in every report. */
  readonly reason: string;
}

/** An object together with who made it. */
export interface RenderedObject {
  readonly value: KubeObject;
  /** Path of the construct that made it, such as `storefront/web/deployment`. */
  readonly construct: string;
  /** @default - none */
  readonly waivers?: readonly Waiver[];
}

/** One file of the runtime repo, still as data: text is the last step. */
export interface RenderedFile {
  /** Path in the runtime repo, `/` between folders, never `..`. */
  readonly path: string;
  /** What to edit instead of this file, such as `apps/storefront.ts`: it becomes the comment in the first line. */
  readonly source: string;
  /** The objects, in the order in which they stand in the file. A kustomization is an object too. */
  readonly objects: readonly RenderedObject[];
  /** The text to write byte for byte: an upstream manifest, whose sha256 is locked; then `objects` is empty. @default - the text is made of the objects */
  readonly verbatim?: string;
}

/** What is rendered, validated, published and recorded as one: an app in an environment, or one part of a cluster. */
export interface RenderedUnit {
  /** Its folder in the runtime repo: `apps/prod/storefront`, `clusters/prod-eu/platform`. */
  readonly id: string;
  /** The app. @default - a unit of a cluster */
  readonly app?: string;
  /** The environment. @default - a unit of a cluster that belongs to no environment, such as its platform */
  readonly environment?: string;
  /** The clusters on which its objects land, sorted. */
  readonly clusters: readonly string[];
  /** Sorted by path. An app's per-cluster renders (`apps/prod/storefront@prod-eu/…`) belong to its unit. */
  readonly files: readonly RenderedFile[];
  /** The cluster whose part it is: its publish brings it. A member's tracking objects land on its hub and are the member's. @default - the first of `clusters`, of a unit that belongs to no app */
  readonly cluster?: string;
  /** The folders that hold its renders and the clusters that take each. @default - one folder, its id, for all its clusters */
  readonly folders?: readonly RenderedFolder[];
  /** The image versions it runs, sorted by name; a commit message is made of them. */
  readonly images: readonly ImageVersion[];
  /** It renders some of its folders only, and the others stay in the runtime repo as they are: a wave that hasn't reached all clusters. @default false */
  readonly partial?: boolean;
  /** Secrets, ConfigMaps and ServiceAccounts that the app declares as existing without Git. @default - none */
  readonly existing?: readonly ExistingObject[];
  /** Ids of units whose folders its kustomizations build on, such as `upstream/argo-cd-3.5.1`, sorted: without them it can't be built. @default - none */
  readonly needs?: readonly string[];
  /** API groups, or single kinds as `<group>/<Kind>`, whose custom resources its upstream manifests define: known though they may not be here. @default - none */
  readonly provides?: readonly string[];
  /** What its verbatim files hold, as read when they were vendored. @default - it has none */
  readonly upstream?: UpstreamIndex;
}

/** What an upstream manifest holds: enough to check who owns what, without reading megabytes of YAML at every start. */
export interface UpstreamIndex {
  /** In the order of the manifest. */
  readonly objects: readonly UpstreamObject[];
  /** The custom resources that it defines, sorted by group and kind. */
  readonly definitions: readonly CustomKind[];
}

/** An object of an upstream manifest. */
export interface UpstreamObject {
  readonly apiVersion: string;
  readonly kind: string;
  /** @default - the manifest names none: cluster-scoped, or set by the kustomization */
  readonly namespace?: string;
  readonly name: string;
  /** Containers of its pods, by name, with their images. @default - it runs no pods */
  readonly containers?: Readonly<Record<string, string>>;
}

/** A custom resource that a manifest defines. */
export interface CustomKind {
  readonly group: string;
  readonly kind: string;
  readonly namespaced: boolean;
  /** The versions served, as the definition lists them. */
  readonly versions: readonly string[];
}

/** An image as a unit runs it. */
export interface ImageVersion {
  /** The image's name in the manifests. */
  readonly name: string;
  readonly tag?: string;
  /** `sha256:` and 64 hexadecimal digits. */
  readonly digest?: string;
}

/** An object that exists without Git, declared by an app so that references to it are known to be right. */
export interface ExistingObject {
  readonly kind: 'ConfigMap' | 'PersistentVolumeClaim' | 'Secret' | 'ServiceAccount';
  readonly namespace: string;
  readonly name: string;
}

/** A folder with one complete render of a unit. */
export interface RenderedFolder {
  readonly path: string;
  /** Sorted. */
  readonly clusters: readonly string[];
  /** What whoever delivers it has to know of its objects. @default - nobody delivers it by itself */
  readonly facts?: FolderFacts;
}

/** What a controller has to know of a folder's objects without reading them. */
export interface FolderFacts {
  /** Where objects without a namespace belong. */
  readonly namespace: string;
  /** All namespaces of its objects, sorted. */
  readonly namespaces: readonly string[];
  /** Group and kind of its objects, such as `apps/Deployment` or `Service`, each once, sorted. */
  readonly kinds: readonly string[];
  /** Whether it has a `pre/` folder, which must be there, or finish, before the rest. */
  readonly pre: boolean;
  /** Workloads whose replicas an autoscaler sets, or a migration between a Deployment and a Rollout: `/spec/replicas` is not to be reset. Sorted. */
  readonly autoscaled: readonly WorkloadReference[];
  /** Its Argo Rollouts. Sorted. */
  readonly rollouts: readonly WorkloadReference[];
  /** Fields that somebody else sets beside `autoscaled`, such as a canary's weights. Sorted. */
  readonly ignored: readonly IgnoredFields[];
  /** Whether SOPS has to decrypt anything. */
  readonly encrypted: boolean;
}

/** Fields that somebody else sets. */
export interface IgnoredFields {
  /** API group; empty for the core group. */
  readonly group: string;
  readonly kind: string;
  /** @default - every object of the kind */
  readonly name?: string;
  /** @default - every namespace */
  readonly namespace?: string;
  /** JSON pointers (RFC 6901), such as `/spec/replicas`; of items that are added to a list the last comes first. */
  readonly jsonPointers: readonly string[];
  /** The same as paths of jq, which find items of a list by what they are, for a controller that knows them. @default - the pointers */
  readonly jq?: readonly string[];
  /**
   * The same, but only where a value isn't Git's. A controller that puts live values into what it applies would put whole lists there: with these it does so
   * only while they differ, and a change of the list in Git arrives at all. @default - as `jq`
   */
  readonly jqWhereChanged?: readonly string[];
  /** Whether Git's value does harm when the object is applied for another reason: the live one is to be applied then. @default false */
  readonly liveWins?: boolean;
}

/** A workload by group, kind and name. */
export interface WorkloadReference {
  /** API group; empty for the core group. */
  readonly group: string;
  readonly kind: string;
  readonly name: string;
  /** @default - the folder's own namespace */
  readonly namespace?: string;
}
