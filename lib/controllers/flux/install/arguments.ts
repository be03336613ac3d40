import type { KustomizationPatch } from '../../../manifests/kustomization.ts';
import type { Flux } from '../../../model/flux-options.ts';
import { mainSelector } from '../shards.ts';
import { fluxDeployments, installed, type FluxComponent } from './workloads.ts';

/** Those that read objects of one namespace on behalf of another unless they are told not to. */
const readsReferences: readonly FluxComponent[] = ['helm', 'imageAutomation', 'imageReflector', 'kustomize', 'notifications'];
/** Those that apply objects. */
const applies: readonly FluxComponent[] = ['helm', 'kustomize'];
/** Feature gates of those that wait for health: a commit that mends what is broken mustn't wait for it to time out, nor be judged by what a cache still holds. */
const featureGates: Partial<Readonly<Record<FluxComponent, readonly string[]>>> = {
  helm: ['CancelHealthCheckOnNewRevision', 'DirectSourceFetch'],
  kustomize: ['CancelHealthCheckOnNewRevision', 'DirectSourceFetch'],
};

/** The arguments that a controller gets beyond upstream's. */
export function argumentsOf(component: FluxComponent, options: Flux): string[] {
  const settings = options.components[component];
  const gates = featureGates[component] ?? [];
  const concurrent = settings === false ? undefined : settings.concurrent;
  return [
    ...(readsReferences.includes(component) ? ['--no-cross-namespace-refs=true'] : []),
    ...(component === 'kustomize' ? ['--no-remote-bases=true'] : []),
    // An account without rights: what names no account can do nothing.
    ...(applies.includes(component) ? ['--default-service-account=default', '--requeue-dependency=5s'] : []),
    ...(gates.length > 0 ? [`--feature-gates=${gates.map((gate) => `${gate}=true`).join(',')}`] : []),
    ...(concurrent !== undefined ? [`--concurrent=${concurrent}`] : []),
    // Nobody listens; the last of several arguments counts.
    ...(options.components.notifications === false ? ['--events-addr='] : []),
  ];
}

/** One patch for each controller that gets arguments. */
export function argumentPatches(options: Flux): KustomizationPatch[] {
  return installed(options).flatMap((component) => {
    const added = [...argumentsOf(component, options), ...(component === 'kustomize' && options.shards > 1 ? [mainSelector] : [])];
    if (added.length === 0) return [];
    return [{
      target: { group: 'apps', kind: 'Deployment', name: fluxDeployments[component] },
      patch: added.map((value) => ({ op: 'add', path: '/spec/template/spec/containers/0/args/-', value })),
    }];
  });
}
