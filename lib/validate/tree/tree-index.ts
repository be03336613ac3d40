import type { RenderedUnit, UpstreamIndex } from '../../manifests/rendered.ts';
import { keep } from '../kept-object.ts';
import { folderOf, isKustomize, type Landing } from '../scope/landing.ts';
import { emptySummary, summarizeObject, type FolderSummary } from './folder-summary.ts';
import { trackingObject, type TrackingObject } from './tracking-object.ts';

/** A folder that stands on upstream manifests, or is known to define custom resources. */
export interface StandingUnit {
  readonly unit: string;
  readonly clusters: readonly string[];
  /** Ids of the upstream units on which it stands. */
  readonly needs: readonly string[];
  /** API groups, or `<group>/<Kind>`, that it is known to define though its upstream may not be here. */
  readonly provides: readonly string[];
  /** Objects of its own. */
  readonly own: readonly { readonly apiVersion: string; readonly kind: string; readonly name: string; readonly namespace?: string }[];
  /** Its kustomization. */
  readonly kustomization: unknown;
  /** Path of its kustomization. */
  readonly file: string;
}

/** What is kept of a fleet's trees: which folders use and define what, who follows them, what stands on which upstream manifest. */
export class TreeIndex {
  readonly folders = new Map<string, FolderSummary>();
  /** By the cluster on which they lie. */
  readonly tracking = new Map<string, TrackingObject[]>();
  readonly standing: StandingUnit[] = [];
  readonly upstream = new Map<string, UpstreamIndex>();

  add(landing: Landing): void {
    for (const object of landing.objects) {
      const folder = folderOf(object.file);
      let summary = this.folders.get(folder);
      if (summary === undefined) this.folders.set(folder, (summary = emptySummary(folder)));
      const kept = keep(object, landing);
      summarizeObject(summary, object, kept);
      const tracking = trackingObject(object, kept);
      if (tracking === undefined) continue;
      for (const cluster of landing.clusters) {
        const there = this.tracking.get(cluster);
        if (there === undefined) this.tracking.set(cluster, [tracking]);
        else there.push(tracking);
      }
    }
  }

  /** Notes what a unit stands on, or what it is for those that stand on it. */
  addUnit(unit: RenderedUnit): void {
    if (unit.upstream !== undefined) this.upstream.set(unit.id, unit.upstream);
    if (unit.needs === undefined && unit.provides === undefined) return;
    const file = unit.files.find(({ path }) => path === `${unit.id}/kustomization.yaml`);
    this.standing.push({ unit: unit.id, clusters: unit.clusters, needs: unit.needs ?? [], provides: unit.provides ?? [], own: ownObjects(unit), kustomization: file?.objects[0]?.value, file: file?.path ?? unit.id });
  }
}

function ownObjects(unit: RenderedUnit): StandingUnit['own'] {
  return unit.files.flatMap((file) => file.objects).map((object) => object.value).filter((value) => !isKustomize(value)).map(({ apiVersion, kind, metadata }) => ({
    apiVersion, kind, name: metadata?.name ?? '', ...(metadata?.namespace !== undefined && { namespace: metadata.namespace }),
  }));
}
