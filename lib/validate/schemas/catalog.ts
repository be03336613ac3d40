import { didYouMean } from '../../values/suggest.ts';
import { compareText } from '../../values/errors.ts';
import type { CustomResourceData } from './compact.ts';
import type { CustomResources } from './custom-resources.ts';
import { carriedBundle, customCompiler, definitionAt, kubernetesData, minorCompiler, schemaIndex, type ServedKind, type UnservedKind } from './library.ts';

/** All kinds that clusters of one minor serve, with the custom resources installed there. */
export class Catalog {
  readonly minor: string;
  readonly #extra: CustomResources;
  readonly #found = new Map<string, ServedKind | UnservedKind>();

  /**
   * @param extra custom resources beyond those that Slipway carries; they win over those
   * @throws SlipwayError for a minor whose schemas Slipway does not carry
   */
  constructor(minor: string, extra: CustomResources = []) {
    minorCompiler(minor);
    this.minor = minor;
    this.#extra = extra;
  }

  /** What a cluster makes of a kind; looked up once. */
  find(apiVersion: string, kind: string): ServedKind | UnservedKind {
    const key = `${apiVersion}/${kind}`;
    let found = this.#found.get(key);
    if (found === undefined) this.#found.set(key, (found = this.#builtIn(apiVersion, kind) ?? this.#custom(apiVersion, kind)));
    return found;
  }

  #builtIn(apiVersion: string, kind: string): ServedKind | UnservedKind | undefined {
    const { kinds, clusterScoped, offByDefault } = kubernetesData();
    const key = `${apiVersion}/${kind}`;
    const reference = Object.hasOwn(kinds, key) ? kinds[key]?.slice(1) : undefined;
    if (reference !== undefined && definitionAt(reference, this.minor) !== undefined) {
      const group = apiVersion.includes('/') ? `${apiVersion.split('/')[0]}/${kind}` : kind;
      return { node: minorCompiler(this.minor).definition(reference), namespaced: !clusterScoped.includes(group) };
    }
    const same = this.#versionsOf(apiVersion, kind);
    if (offByDefault.includes(key)) {
      return { message: `Kubernetes ${this.minor} serves ${apiVersion} ${kind} only when a cluster is told to: alpha and beta versions are off`, fix: same.length > 0 ? `use ${same.join(' or ')}` : 'use a stable kind' };
    }
    if (same.length > 0 || reference !== undefined) {
      return { message: `Kubernetes ${this.minor} does not serve ${apiVersion} ${kind}`, fix: same.length > 0 ? `use apiVersion ${same.join(' or ')}` : `use a cluster of a later minor than ${this.minor}` };
    }
    return undefined;
  }

  /** The versions of a built-in kind's group that the minor serves. */
  #versionsOf(apiVersion: string, kind: string): string[] {
    const group = groupOf(apiVersion);
    return Object.entries(kubernetesData().kinds).flatMap(([key, reference]) => {
      const cut = key.lastIndexOf('/');
      const version = key.slice(0, cut);
      const served = key.slice(cut + 1) === kind && (groupOf(version) === group || (retired.has(apiVersion) && retired.get(apiVersion)?.has(kind) === true));
      return served && definitionAt(reference.slice(1), this.minor) !== undefined ? [version] : [];
    });
  }

  #custom(apiVersion: string, kind: string): ServedKind | UnservedKind {
    const key = `${groupOf(apiVersion)}/${kind}`;
    const data = this.#bundleOf(key);
    if (data === undefined) return this.#unknown(apiVersion, kind);
    const resource = data.kinds[key];
    const version = apiVersion.slice(apiVersion.indexOf('/') + 1);
    const schema = resource !== undefined && Object.hasOwn(resource.served, version) ? resource.served[version] : undefined;
    if (resource === undefined || schema === undefined) {
      const served = Object.keys(resource?.served ?? {}).map((each) => `${groupOf(apiVersion)}/${each}`);
      return { message: `${data.software} ${data.version} does not serve ${apiVersion} ${kind}`, fix: `use apiVersion ${served.join(' or ')}` };
    }
    return { node: customCompiler(data, this.minor).compile(schema), namespaced: resource.namespaced };
  }

  #bundleOf(key: string): CustomResourceData | undefined {
    const own = this.#extra.find(({ kinds }) => Object.hasOwn(kinds, key));
    const carried = schemaIndex().customResources.find(({ kinds }) => kinds.includes(key));
    return own ?? (carried === undefined ? undefined : carriedBundle(carried.file));
  }

  #unknown(apiVersion: string, kind: string): UnservedKind {
    const builtInKinds = Object.keys(kubernetesData().kinds).map((key) => key.slice(key.lastIndexOf('/') + 1));
    const customKinds = [...schemaIndex().customResources, ...this.#extra.map(({ kinds }) => ({ kinds: Object.keys(kinds) }))].flatMap(({ kinds }) => [...kinds].map((key) => key.slice(key.indexOf('/') + 1)));
    const all = [...new Set([...builtInKinds, ...customKinds])].sort(compareText);
    return {
      message: `there is no schema of ${apiVersion} ${kind}.${didYouMean(kind, all)}`,
      fix: 'correct apiVersion and kind, or put the CustomResourceDefinition into environments/crds/',
    };
  }
}

/** Groups and versions that older clusters served, and the kinds that moved elsewhere. */
const retired: ReadonlyMap<string, ReadonlySet<string>> = new Map([
  ['extensions/v1beta1', new Set(['DaemonSet', 'Deployment', 'Ingress', 'NetworkPolicy', 'ReplicaSet'])],
]);

function groupOf(apiVersion: string): string {
  const slash = apiVersion.indexOf('/');
  return slash < 0 ? '' : apiVersion.slice(0, slash);
}
