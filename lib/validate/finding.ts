/** How much a finding weighs: an `error` fails the run, a `warning` is only listed. */
export type Severity = 'error' | 'warning';

/** Which object a finding is about. */
export interface ObjectReference {
  readonly apiVersion: string;
  readonly kind: string;
  /** @default - the object is cluster-scoped or names no namespace */
  readonly namespace?: string;
  readonly name: string;
}

/** One thing that validation found, told so that a person can mend it. */
export interface Finding {
  /** Id of the rule, such as `service-selects-nothing`. */
  readonly rule: string;
  readonly severity: Severity;
  readonly object: ObjectReference;
  /** Path of the rendered file in the runtime repo. */
  readonly file: string;
  /** Path of the field, such as `spec.template.spec.containers[0].ports[0].name`; empty when the whole object is meant. */
  readonly field: string;
  /** Path of the construct that made the object. */
  readonly construct: string;
  /** What was expected and what came. */
  readonly message: string;
  /** What to do about it. */
  readonly fix: string;
  /** The reason of the waiver that allows it: it is listed and fails nothing. @default - not waived */
  readonly waived?: string;
}

/** Whether a finding fails the run: an error that no waiver allows. */
export function isFailure(finding: Finding): boolean {
  return finding.severity === 'error' && finding.waived === undefined;
}
