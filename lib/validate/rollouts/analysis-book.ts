import { keep, type KeptObject } from '../kept-object.ts';
import { dig, record } from '../schemas/plain.ts';
import { analysingKinds, analysisUses, templateReferences, type AnalysisUse, type TemplateReference } from '../scope/analysis-uses.ts';
import type { LandedObject, Landing } from '../scope/landing.ts';
import { scrapeInterval } from './scrape-interval.ts';

/** A template of an analysis, as long as it is kept. */
export interface KnownTemplate {
  readonly kept: KeptObject;
  readonly value: unknown;
}

/** What starts analyses: a Rollout or an Experiment. */
export interface AnalysisUser {
  readonly kept: KeptObject;
  readonly value: unknown;
  /** Milliseconds between two scrapes of its pods, as a monitor of its own folder says. @default - nobody says */
  readonly scrapeInterval: number | undefined;
  /** Name of its environment, where nobody watches that. @default - somebody does */
  readonly unattended: string | undefined;
}

/** An analysis together with the templates that are known. */
export interface KnownUse {
  readonly user: AnalysisUser;
  readonly use: AnalysisUse;
  /** Its templates and those that they name, each once, in the order in which the controller reads them. */
  readonly templates: readonly KnownTemplate[];
  /** Templates that nobody renders: what they hold is known to others. */
  readonly missing: readonly TemplateReference[];
  /** Templates that name each other in a circle, by name. @default - none */
  readonly circle: readonly string[] | undefined;
}

const templateKind = 'argoproj.io/AnalysisTemplate';
const clusterTemplateKind = 'argoproj.io/ClusterAnalysisTemplate';

/** Who starts which analyses, and the templates of all units: a ClusterAnalysisTemplate is made by another unit than the one that uses it. */
export class AnalysisBook {
  readonly #templates = new Map<string, { readonly template: KnownTemplate; readonly landing: Landing['folder'] }[]>();
  readonly #users: { readonly user: AnalysisUser; readonly landing: Landing['folder'] }[] = [];
  #uses: readonly KnownUse[] | undefined;

  /** Keeps the templates of a render and what starts analyses there. Objects whose schema is broken are left out: they are mended first. */
  add(landing: Landing, isBroken: (object: LandedObject) => boolean): void {
    for (const kind of [templateKind, clusterTemplateKind]) {
      for (const object of landing.ofKind(kind)) {
        if (isBroken(object)) continue;
        const key = keyOf(kind === clusterTemplateKind, object.namespace, object.name);
        const known = this.#templates.get(key) ?? [];
        known.push({ template: { kept: keep(object, landing), value: { kind: object.value.kind, spec: object.value['spec'] } }, landing: landing.folder });
        this.#templates.set(key, known);
      }
    }
    for (const object of analysingKinds.flatMap((kind) => landing.ofKind(kind))) {
      if (isBroken(object) || analysisUses(object.value).length === 0) continue;
      this.#users.push({ user: { kept: keep(object, landing), value: object.value, scrapeInterval: scrapeInterval(object, landing), unattended: landing.target.unattended === true ? (landing.unit.environment ?? 'its environment') : undefined }, landing: landing.folder });
    }
  }

  /** Every analysis that something starts, once all units are known. */
  uses(): readonly KnownUse[] {
    this.#uses ??= this.#users.flatMap(({ user, landing }) => analysisUses(user.value).map((use) => this.#known(user, use, landing)));
    return this.#uses;
  }

  #known(user: AnalysisUser, use: AnalysisUse, landing: string): KnownUse {
    const templates: KnownTemplate[] = [];
    const missing: TemplateReference[] = [];
    let circle: readonly string[] | undefined;
    const visit = (references: readonly TemplateReference[], above: readonly string[]): void => {
      for (const reference of references) {
        const label = `${reference.clusterScope ? 'ClusterAnalysisTemplate' : 'AnalysisTemplate'} ${reference.name}`;
        if (above.includes(label)) {
          circle ??= [...above.slice(above.indexOf(label)), label];
          continue;
        }
        const found = this.#find(reference, user, landing);
        if (found === undefined) missing.push(reference);
        else {
          if (!templates.includes(found)) templates.push(found);
          visit(templateReferences(record(found.value, 'spec'), 'spec'), [...above, label]);
        }
      }
    };
    visit(use.templates, []);
    const ordered = [...templates.filter(({ kept }) => !kept.landed.clusterScoped), ...templates.filter(({ kept }) => kept.landed.clusterScoped)];
    return { user, use, templates: ordered, missing, circle };
  }

  /** The template of the user's own folder before those of other folders on the same cluster. */
  #find({ name, clusterScope }: TemplateReference, user: AnalysisUser, landing: string): KnownTemplate | undefined {
    const candidates = this.#templates.get(keyOf(clusterScope, clusterScope ? '' : user.kept.landed.namespace, name)) ?? [];
    const own = candidates.find((candidate) => candidate.landing === landing);
    const shared = candidates.find(({ template }) => template.kept.clusters.some((cluster) => user.kept.clusters.includes(cluster)));
    return (own ?? shared)?.template;
  }
}

/** A template as a message names it. */
export function templateName({ kept, value }: KnownTemplate): string {
  return `${String(dig(value, 'kind'))} ${kept.landed.name}`;
}

function keyOf(clusterScope: boolean, namespace: string, name: string): string {
  return `${clusterScope ? 'cluster' : 'namespace'} ${clusterScope ? '' : namespace}/${name}`;
}
