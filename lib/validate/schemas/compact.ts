/** The short forms of a schema that says nothing but a type. */
export const plainTypes = ['any', 'boolean', 'bytes', 'dateTime', 'int32', 'int64', 'intOrString', 'integer', 'number', 'object', 'quantity', 'string'] as const;

/** One of the short forms. */
export type PlainType = (typeof plainTypes)[number];

/** A schema in compact form: a short form, `#<definition>`, or a node. */
export type CompactSchema = string | CompactNode;

/** A condition in CEL that the API server checks (`x-kubernetes-validations`). */
export interface CompactRule {
  readonly rule: string;
  readonly message?: string;
}

/** A schema that says more than a type. What has `properties` or `additional` is an object, what has `items` a list. */
export interface CompactNode {
  /** `#<definition>` that this node adds to. @default - it stands alone */
  readonly ref?: string;
  /** @default - `object` with `properties` or `additional`, a list with `items`, else `any` */
  readonly type?: PlainType;
  readonly properties?: Readonly<Record<string, CompactSchema>>;
  readonly required?: readonly string[];
  /** The schema of every value of a map. @default - only `properties` are known */
  readonly additional?: CompactSchema;
  /** The format of every key of a map, one of those in `formats.ts`. */
  readonly keyFormat?: string;
  /** Unknown fields are kept (`x-kubernetes-preserve-unknown-fields`). @default false */
  readonly open?: true;
  readonly items?: CompactSchema;
  /** The fields that tell the items of a list apart (`x-kubernetes-list-map-keys`). */
  readonly keys?: readonly string[];
  /** The items are all different (`x-kubernetes-list-type: set`). @default false */
  readonly set?: true;
  readonly enum?: readonly unknown[];
  /** An RE2 pattern that a string must match somewhere. */
  readonly pattern?: string;
  /** A named format, one of those in `formats.ts`. */
  readonly format?: string;
  /** In code points. */
  readonly minLength?: number;
  /** In code points. */
  readonly maxLength?: number;
  readonly minimum?: number;
  readonly maximum?: number;
  readonly minItems?: number;
  readonly maxItems?: number;
  readonly minProperties?: number;
  readonly maxProperties?: number;
  /** Null is a value. @default false */
  readonly nullable?: true;
  /** What the API server fills in when the field is absent; read by `rules`. @default - nothing */
  readonly default?: unknown;
  readonly rules?: readonly CompactRule[];
  /** Of these fields exactly one is set. */
  readonly exactlyOne?: readonly string[];
  /** Of these fields at most one is set. */
  readonly atMostOne?: readonly string[];
  /** At least one of these holds too; unknown fields are not their business. */
  readonly anyOf?: readonly CompactSchema[];
  /** Exactly one of these holds too. */
  readonly oneOf?: readonly CompactSchema[];
  /** Each of these holds too. */
  readonly allOf?: readonly CompactSchema[];
  /** This does not hold. */
  readonly not?: CompactSchema;
}

/** What a file of compact Kubernetes schemas holds. */
export interface KubernetesData {
  /** Minor to the full version that its schemas come from, oldest first. */
  readonly versions: Readonly<Record<string, string>>;
  /** `apps/v1/Deployment` to the definition that describes it. */
  readonly kinds: Readonly<Record<string, string>>;
  /** Kinds without a namespace, as group and kind. */
  readonly clusterScoped: readonly string[];
  /** Kinds of alpha and beta versions: a cluster serves them only when told to. */
  readonly offByDefault: readonly string[];
  /** Package, then definition, then the minor since which it reads so; null since the minor that dropped it. */
  readonly definitions: Readonly<Record<string, Readonly<Record<string, Readonly<Record<string, CompactSchema | null>>>>>>;
}

/** A custom resource as a cluster serves it. */
export interface CompactCustomResource {
  readonly namespaced: boolean;
  /** Version to schema, served versions only. */
  readonly served: Readonly<Record<string, CompactSchema>>;
  /** Versions that the definition names and does not serve. */
  readonly unserved: readonly string[];
}

/** The custom resources of one version of one piece of software. */
export interface CustomResourceData {
  /** Such as `argo-cd`. */
  readonly software: string;
  /** Such as `3.5.7`. */
  readonly version: string;
  /** Group and kind, such as `argoproj.io/Rollout`. */
  readonly kinds: Readonly<Record<string, CompactCustomResource>>;
  /** Schemas that several places share, by the start of their content's hash. */
  readonly definitions: Readonly<Record<string, CompactSchema>>;
}

/** What the folder of compact schemas holds. */
export interface SchemaIndex {
  /** Minor to full version. */
  readonly kubernetes: Readonly<Record<string, string>>;
  readonly customResources: readonly { readonly software: string; readonly version: string; readonly file: string; readonly kinds: readonly string[] }[];
}
