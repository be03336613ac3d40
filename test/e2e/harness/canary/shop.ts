import type { Plane } from '../../../../lib/control-plane/plane.ts';
import { waitFor, type Supervised } from '../../../../lib/control-plane/process.ts';
import { awaitObject } from '../../../../lib/control-plane/controllers/await-object.ts';
import type { GitOps } from '../controllers/gitops.ts';
import type { LiveRollout, LiveStatus } from './stage.ts';

const namespace = 'shop-prod';
const rollouts = `/apis/argoproj.io/v1alpha1/namespaces/${namespace}/rollouts`;
const name = 'shop-web';

/** The Rollout of the shop, with its pods' template. */
export interface ShopRollout extends LiveRollout {
  readonly spec: { readonly template: Template };
}

interface Template {
  readonly spec: { readonly containers: readonly { readonly image: string; readonly envFrom?: readonly { readonly configMapRef?: { readonly name: string } }[] }[] };
}

interface Item {
  readonly metadata: { readonly name: string; readonly uid: string; readonly resourceVersion: string; readonly generation?: number; readonly deletionTimestamp?: string };
}

interface Tracking {
  readonly metadata: { readonly annotations?: Readonly<Record<string, string>> };
  readonly status?: { readonly lastHandledReconcileAt?: string };
}

interface Service extends Item {
  readonly spec: { readonly selector?: Readonly<Record<string, string>> };
}

/** The app of the delivery tests in a cluster. */
export interface Shop {
  /** Whether its Rollout wants a version. */
  isAt(tag: string): (rollout: ShopRollout) => boolean;
  /** Waits until the Rollout is of a version and its status, seen by its controller, as wanted. */
  rollout(what: string, version: (rollout: ShopRollout) => boolean, until: (status: LiveStatus) => boolean): Promise<ShopRollout>;
  /** The uids of the pods of a version that aren't about to go, sorted. */
  pods(tag: string): Promise<string[]>;
  /** What each ConfigMap of the app says. */
  configs(): Promise<Record<string, string>>;
  /** What the ConfigMaps say that pods take; a pod whose ConfigMap is gone is an error. Sorted. */
  configsInUse(): Promise<string[]>;
  /** Goes on where the Rollout waits. */
  goOn(): Promise<void>;
  /** Names of the AnalysisRuns, sorted. */
  analysisRuns(): Promise<string[]>;
  /** Waits until the Services of the versions select by the pods' hash. */
  awaitSelectors(): Promise<void>;
  /** Asks the controller to look at Git and the cluster, and waits until it has looked at the app. */
  look(controller: GitOps): Promise<void>;
  /** What changes when somebody writes to the Services, or to what the Rollout is to be. */
  untouched(): Promise<unknown>;
}

/** The app on a plane. */
export function shopOf(plane: Plane, programs: readonly Supervised[]): Shop {
  const list = async <T>(path: string): Promise<readonly T[]> => ((await plane.api.get(path)) as { readonly items: readonly T[] }).items;
  const core = `/api/v1/namespaces/${namespace}`;
  const pods = async () => (await list<Item & Template>(`${core}/pods`)).filter(({ metadata }) => metadata.deletionTimestamp === undefined);
  const configs = async (): Promise<Record<string, string>> => {
    const all = await list<Item & { readonly data?: Readonly<Record<string, string>> }>(`${core}/configmaps`);
    return Object.fromEntries(all.flatMap(({ metadata, data }) => (data?.['CURRENCY'] === undefined ? [] : [[metadata.name, data['CURRENCY']] as const])));
  };
  const services = () => list<Service>(`${core}/services`);
  return {
    isAt: (tag) => ({ spec }) => isImageAt(spec.template, tag),
    rollout: (what, version, until) => awaitObject<ShopRollout>(plane, { path: 'apis/argoproj.io/v1alpha1', resource: 'rollouts', namespace, name }, {
      what: `Rollout ${name} to be ${what}`,
      until: (rollout) => version(rollout) && rollout.status?.observedGeneration === String(rollout.metadata.generation) && until(rollout.status),
      seconds: 240,
      programs,
    }),
    pods: async (tag) => (await pods()).filter((pod) => isImageAt(pod, tag)).map(({ metadata }) => metadata.uid).sort(),
    configs,
    async configsInUse() {
      const known = await configs();
      const used = new Set((await pods()).flatMap(({ spec }) => spec.containers.flatMap(({ envFrom = [] }) => envFrom.flatMap(({ configMapRef }) => configMapRef?.name ?? []))));
      return [...new Set([...used].map((each) => known[each] ?? `${each} is gone`))].sort();
    },
    async goOn() {
      await plane.api.merge(`${rollouts}/${name}/status`, { status: { pauseConditions: null } });
    },
    analysisRuns: async () => (await list<Item>(`/apis/argoproj.io/v1alpha1/namespaces/${namespace}/analysisruns`)).map(({ metadata }) => metadata.name).sort(),
    async awaitSelectors() {
      await waitFor('the Services of the versions to select by the hash of pods', async () => {
        const own = (await services()).filter(({ metadata }) => /-(canary|stable)$/.test(metadata.name));
        return own.length === 2 && own.every(({ spec }) => spec.selector?.['rollouts-pod-template-hash'] !== undefined) ? true : undefined;
      }, { seconds: 240, programs });
    },
    async look(controller) {
      const path = controller.trackingKind.startsWith('applications')
        ? `/apis/argoproj.io/v1alpha1/namespaces/${controller.namespace}/applications/shop-prod`
        : `/apis/kustomize.toolkit.fluxcd.io/v1/namespaces/${controller.namespace}/kustomizations/shop-prod`;
      await controller.refresh();
      await waitFor('the controller to have looked at the app', async () => {
        const { metadata, status } = (await plane.api.get(path)) as Tracking;
        const asked = metadata.annotations?.['reconcile.fluxcd.io/requestedAt'];
        // Argo CD takes the request away, Flux says that it was there.
        return metadata.annotations?.['argocd.argoproj.io/refresh'] === undefined && asked === (asked === undefined ? undefined : status?.lastHandledReconcileAt) ? true : undefined;
      }, { seconds: 240, programs });
    },
    async untouched() {
      const [rollout] = await list<Item>(rollouts);
      return { generation: rollout?.metadata.generation, services: (await services()).map(({ metadata, spec }) => [metadata.name, metadata.resourceVersion, spec.selector]) };
    },
  };
}

function isImageAt({ spec }: Template, tag: string): boolean {
  return spec.containers[0]?.image === `ghcr.io/acme/shop:${tag}`;
}
