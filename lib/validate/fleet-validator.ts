import type { RenderedUnit } from '../manifests/rendered.ts';
import { compareText, SlipwayError } from '../values/errors.ts';
import type { Finding } from './finding.ts';
import { FleetIndex } from './fleet-index.ts';
import { catalogFor, checkSchemas } from './object-schema.ts';
import type { FleetReport, ObjectRule, Report, Rule } from './rule.ts';
import { rules } from './rules/all.ts';
import { noteReferences } from './rules/missing-reference.ts';
import { landingsOf, referenceOf, type LandedObject, type Landing } from './scope/landing.ts';
import { minorsOf, type ValidationTarget } from './target.ts';
import { WaiverBook } from './waivers.ts';

const ruleById = new Map<string, Rule>(rules.map((rule) => [rule.id, rule]));
const unitRules = rules.filter((rule) => rule.scope === 'unit');
const fleetRules = rules.filter((rule) => rule.scope === 'fleet');
const objectRules = rules.filter((rule) => rule.scope === 'object');
const rulesForAll = objectRules.filter((rule) => rule.kinds === undefined);
const rulesByKind = new Map<string, readonly ObjectRule[]>();
for (const kind of objectRules.flatMap((rule) => rule.kinds ?? [])) {
  rulesByKind.set(kind, [...rulesForAll, ...objectRules.filter((rule) => rule.kinds?.includes(kind) === true)]);
}

/** The ids of all rules, sorted. */
export const ruleIds: readonly string[] = [...ruleById.keys()].sort(compareText);

/**
 * Validates a fleet one unit at a time: a unit may be dropped as soon as it was added, only a slim index of it is kept.
 */
export class FleetValidator {
  readonly #index = new FleetIndex();
  readonly #waivers = new WaiverBook();
  readonly #findings: Finding[] = [];
  /** An object with a broken schema is mended first: what rules would say of it may be a consequence. */
  readonly #broken = new WeakSet<LandedObject>();
  readonly #reports = new Map<Rule, Report>();

  /**
   * Validates a unit.
   * @throws SlipwayError when it lands on a Kubernetes minor without schemas, or on none
   */
  add(unit: RenderedUnit, target: ValidationTarget): void {
    this.#index.declare([...(target.existing ?? []), ...(unit.existing ?? [])]);
    if (target.namespaces !== undefined) this.#index.declareNamespaces(target.namespaces);
    if (target.definitions !== undefined) this.#index.declareDefinitions(target.definitions);
    this.#index.trees.addUnit(unit);
    const [minor] = minorsOf(target, unit.clusters);
    const catalog = minor === undefined ? undefined : catalogFor(minor, target.customResources);
    const isClusterScoped = (apiVersion: string, kind: string): boolean => {
      const found = catalog?.find(apiVersion, kind);
      return found !== undefined && 'namespaced' in found && !found.namespaced;
    };
    for (const landing of landingsOf(unit, target, isClusterScoped)) this.#check(landing);
  }

  /** All findings, sorted by file, field and rule, now that every unit is known. */
  finish(): Finding[] {
    const report = (rule: Rule): FleetReport => (object, { field, message, fix }) => {
      const { kind, name, file } = object.landed;
      const reference = { apiVersion: object.apiVersion, kind: kind.slice(kind.lastIndexOf('/') + 1), ...(object.ownNamespace !== undefined && { namespace: object.ownNamespace }), name };
      this.#keep({ rule: rule.id, severity: rule.severity, object: reference, file, field, construct: object.construct, message, fix: fix ?? rule.fix });
    };
    this.#index.addUpstream();
    for (const rule of fleetRules) rule.check(this.#index, report(rule));
    this.#findings.push(...this.#waivers.findings(ruleIds));
    return sortFindings(this.#findings);
  }

  #check(landing: Landing): void {
    const minors = minorsOf(landing.target, landing.clusters);
    if (minors.length === 0 && landing.objects.length > 0) {
      throw SlipwayError.of(landing.folder, `expected the Kubernetes minors of the clusters ${landing.clusters.join(', ') || '(none)'}, got none`, 'give every cluster its Kubernetes minor');
    }
    for (const object of landing.objects) {
      this.#waivers.register(object);
      const { issues, namespaced } = checkSchemas(object, minors, landing.target.customResources);
      for (const { rule, ...issue } of issues) this.#report(rule, object, issue);
      if (issues.some(({ rule }) => rule !== 'unchecked-condition')) this.#broken.add(object);
      if (namespaced === false) this.#checkScope(object, landing);
    }
    for (const object of landing.kustomizations) this.#waivers.register(object);
    for (const object of landing.objects) {
      if (this.#broken.has(object)) continue;
      for (const rule of rulesByKind.get(object.kind) ?? rulesForAll) rule.check(object, this.#reportOf(rule), landing);
    }
    this.#index.add(landing, (object) => this.#broken.has(object));
    this.#index.trees.add(landing);
    noteReferences(landing, this.#index);
    for (const rule of unitRules) rule.check(landing, this.#reportOf(rule), this.#index);
  }

  #checkScope(object: LandedObject, landing: Landing): void {
    const own = referenceOf(object.value).namespace;
    if (own !== undefined) this.#report('namespace-of-cluster-object', object, { field: 'metadata.namespace', message: `${object.value.kind} is cluster-scoped and has no namespace, got ${JSON.stringify(own)}` });
    if (landing.unit.app !== undefined) this.#report('cluster-object-in-app', object, { field: '', message: `${object.value.kind} ${object.name} is cluster-scoped, and ${landing.folder} is the folder of an app` });
  }

  /** How a rule tells what it finds; made once. */
  #reportOf(rule: Rule): Report {
    let report = this.#reports.get(rule);
    if (report === undefined) {
      report = (object, finding) => {
        if (!this.#broken.has(object)) this.#report(rule.id, object, finding);
      };
      this.#reports.set(rule, report);
    }
    return report;
  }

  #report(id: string, object: LandedObject, { field, message, fix }: { readonly field: string; readonly message: string; readonly fix?: string }): void {
    const rule = ruleById.get(id);
    if (rule === undefined) throw new Error(`a finding names the rule ${id}, which is not in the list`);
    this.#keep({ rule: id, severity: rule.severity, object: referenceOf(object.value), file: object.file, field, construct: object.rendered.construct, message, fix: fix ?? rule.fix });
  }

  #keep(finding: Finding): void {
    this.#findings.push(this.#waivers.apply(finding));
  }
}

/** Validates one unit alone: what it needs from other units is missing. */
export function validateUnit(unit: RenderedUnit, target: ValidationTarget): Finding[] {
  const validator = new FleetValidator();
  validator.add(unit, target);
  return validator.finish();
}

/** Findings by file, field, rule and message. */
export function sortFindings(findings: readonly Finding[]): Finding[] {
  return [...findings].sort((a, b) => compareText(a.file, b.file) || compareText(a.construct, b.construct) || compareText(a.field, b.field) || compareText(a.rule, b.rule) || compareText(a.message, b.message));
}
