import type { Flux } from '../../../model/flux-options.ts';
import type { FluxComponents } from '../../../model/flux/components.ts';

/** One of Flux's controllers, as options name it. */
export type FluxComponent = keyof FluxComponents;

/** A Deployment of upstream's manifest, which is also the `app.kubernetes.io/component` of all that belongs to it. */
export const fluxDeployments: Readonly<Record<FluxComponent, string>> = {
  helm: 'helm-controller',
  imageAutomation: 'image-automation-controller',
  imageReflector: 'image-reflector-controller',
  kustomize: 'kustomize-controller',
  notifications: 'notification-controller',
  source: 'source-controller',
};

/** A controller of upstream's manifest that Slipway has no use for: it makes artifacts of several sources. */
const unused = 'source-watcher';

/** The controllers that an install has, in a fixed order. */
export function installed(options: Pick<Flux, 'components' | 'imageAutomation'>): FluxComponent[] {
  const all = Object.keys(fluxDeployments) as FluxComponent[];
  return all.filter((name) => options.components[name] !== false && (options.imageAutomation || (name !== 'imageAutomation' && name !== 'imageReflector')));
}

/** What upstream's manifest has and an install doesn't, by its label. */
export function unwanted(options: Pick<Flux, 'components' | 'imageAutomation'>): string[] {
  const wanted = new Set(installed(options).map((name) => fluxDeployments[name]));
  return [...Object.values(fluxDeployments), unused].filter((name) => !wanted.has(name));
}
