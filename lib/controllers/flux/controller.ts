import type { KubeObject } from '../../manifests/rendered.ts';
import type { GitOpsController, Host } from '../controller.ts';
import type { Tracked } from '../tracked.ts';
import { externalObjects } from './external.ts';
import { fluxInstall } from './install/install.ts';
import { emptyPreKustomizationOf, kustomizationOf, preKustomizationOf } from './kustomization.ts';
import { fluxNamespace } from './names.ts';
import { fluxPlatform } from './platform.ts';
import { fluxRoot } from './root.ts';

/** Flux: a Kustomization for everything that is tracked, an account for each team. */
export const fluxController: GitOpsController = {
  kind: 'flux',
  namespace: fluxNamespace,
  self: 'flux',
  defines: ['helm.toolkit.fluxcd.io', 'image.toolkit.fluxcd.io', 'kustomize.toolkit.fluxcd.io', 'notification.toolkit.fluxcd.io', 'source.toolkit.fluxcd.io'],
  install: fluxInstall,
  platform: fluxPlatform,
  memberPlatform: () => [],
  root: fluxRoot,
  track,
};

function track(tracked: Tracked, host: Host): KubeObject[] {
  const { from, pre } = tracked;
  if ('external' in from) return externalObjects(tracked, from.external, host);
  const own = kustomizationOf({ ...tracked, from }, host);
  if (pre !== undefined) return [preKustomizationOf(tracked, pre, host), own];
  return tracked.role === 'app' ? [emptyPreKustomizationOf({ ...tracked, from }, host), own] : [own];
}
