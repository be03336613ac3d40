import { didYouMean } from '../values/suggest.ts';
import type { Finding, ObjectReference } from './finding.ts';
import { referenceOf, type LandedObject } from './scope/landing.ts';

interface Entry {
  readonly object: ObjectReference;
  readonly file: string;
  readonly construct: string;
  readonly rule: string;
  readonly reason: string;
  used: boolean;
}

/** The waivers of all objects, and which of them a finding has met. */
export class WaiverBook {
  readonly #entries = new Map<string, Entry[]>();

  /** Keeps the waivers of an object, if it has any. */
  register(object: LandedObject): void {
    const { waivers = [], construct, value } = object.rendered;
    if (waivers.length === 0) return;
    const entries = waivers.map(({ rule, reason }): Entry => ({ object: referenceOf(value), file: object.file, construct, rule, reason: String(reason ?? '').trim(), used: false }));
    const key = keyOf(object.file, construct);
    this.#entries.set(key, [...(this.#entries.get(key) ?? []), ...entries]);
  }

  /** A finding as it is reported: with the reason of the waiver that allows it. */
  apply(finding: Finding): Finding {
    const entries = this.#entries.get(keyOf(finding.file, finding.construct));
    const entry = entries?.find(({ rule, object, reason }) => rule === finding.rule && object.kind === finding.object.kind && object.name === finding.object.name && reason !== '');
    if (entry === undefined) return finding;
    entry.used = true;
    return { ...finding, waived: entry.reason };
  }

  /** What is wrong with the waivers themselves, once all findings are known. */
  findings(knownRules: readonly string[]): Finding[] {
    return [...this.#entries.values()].flat().flatMap((entry): Finding[] => {
      const { object, file, construct, rule, reason } = entry;
      const place = { object, file, construct, field: '' };
      if (!knownRules.includes(rule)) {
        return [{ ...place, rule: 'bad-waiver', severity: 'error', message: `a waiver names the rule ${JSON.stringify(rule)}, which there is not.${didYouMean(rule, knownRules)}`, fix: 'name a rule, or take the waiver out' }];
      }
      if (reason === '') {
        return [{ ...place, rule: 'bad-waiver', severity: 'error', message: `the waiver of ${rule} gives no reason`, fix: 'say why the rule may be broken here: every report shows it' }];
      }
      if (entry.used) return [];
      return [{ ...place, rule: 'unused-waiver', severity: 'warning', message: `the waiver of ${rule} allows nothing: the object does not break that rule`, fix: 'take the waiver out' }];
    });
  }
}

function keyOf(file: string, construct: string): string {
  return `${file}\n${construct}`;
}
