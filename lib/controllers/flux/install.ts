import type { ControllerFolder, Hosted } from '../controller.ts';
import { fluxSettings } from './settings.ts';

/** Flux itself: upstream's manifest and what this cluster changes in it. */
export function fluxInstall(input: Hosted): ControllerFolder {
  const settings = fluxSettings(input);
  return { upstream: [{ name: 'flux', version: settings.version }], objects: [], patches: [], images: [] };
}
