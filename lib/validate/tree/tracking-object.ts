import { dig, isRecord, list, record, text } from '../schemas/plain.ts';
import type { KeptObject } from '../kept-object.ts';
import type { LandedObject } from '../scope/landing.ts';

/** An object by which a controller follows folders of the runtime repo: an Argo CD Application or a Flux Kustomization. */
export interface TrackingObject {
  readonly kept: KeptObject;
  readonly name: string;
  /** The folder in which it lies itself. */
  readonly folder: string;
  /** Paths that it follows, as they stand in it, without `./`; none for what comes from elsewhere. */
  readonly paths: readonly string[];
  /** Names of those that have to be ready first. */
  readonly dependsOn: readonly string[];
  /** Argo CD's sync wave among the objects of its folder: those of lower waves have to be healthy first. */
  readonly wave: number;
  /** The cluster where its objects land, by the name of a cluster secret. @default - where it lies itself */
  readonly destination?: string;
}

/** Reads a tracking object; undefined for every other object. */
export function trackingObject(object: LandedObject, kept: KeptObject): TrackingObject | undefined {
  const base = { kept, name: object.name, folder: object.file.slice(0, object.file.lastIndexOf('/')) };
  const spec = record(object.value, 'spec');
  switch (object.kind) {
    case 'argoproj.io/Application': {
      const sources = [dig(spec, 'source'), ...list(spec, 'sources')].filter(isRecord);
      const destination = text(dig(spec, 'destination'), 'name');
      const wave = Number(text(dig(object.value, 'metadata', 'annotations'), 'argocd.argoproj.io/sync-wave') ?? '0');
      return { ...base, paths: sources.flatMap((source) => pathOf(source)), dependsOn: [], wave, ...(destination !== undefined && { destination }) };
    }
    case 'kustomize.toolkit.fluxcd.io/Kustomization':
      return { ...base, paths: pathOf(spec), dependsOn: list(spec, 'dependsOn').flatMap((each) => text(each, 'name') ?? []), wave: 0 };
    default:
      return undefined;
  }
}

function pathOf(source: unknown): string[] {
  const path = text(source, 'path');
  return path === undefined ? [] : [path.replace(/^\.\//, '')];
}
