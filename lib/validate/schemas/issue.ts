/** The rules that a schema can find broken. */
export type SchemaRule = 'broken-condition' | 'duplicate-item' | 'missing-field' | 'out-of-bounds' | 'unchecked-condition' | 'unknown-field' | 'wrong-type' | 'wrong-value';

/** One place where a value breaks its schema. */
export interface SchemaIssue {
  readonly rule: SchemaRule;
  /** Path of the field, such as `spec.containers[0].image`. */
  readonly field: string;
  /** What was expected and what came. */
  readonly message: string;
}

/** Where a walk is, and what it has found so far. */
export class Walk {
  readonly issues: SchemaIssue[] = [];
  readonly #path: (string | number)[] = [];

  /** How many fields and items deep it is. */
  get depth(): number {
    return this.#path.length;
  }

  enter(step: string | number): void {
    this.#path.push(step);
  }

  leave(): void {
    this.#path.pop();
  }

  /** Notes an issue of the value where the walk is, or of one of its fields. */
  note(rule: SchemaRule, message: string, child?: string | number): void {
    this.issues.push({ rule, field: fieldPath(child === undefined ? this.#path : [...this.#path, child]), message });
  }
}

/** The text of a path: fields by dots, items in brackets, names with other characters quoted in brackets. */
export function fieldPath(steps: readonly (string | number)[]): string {
  let path = '';
  for (const step of steps) {
    if (typeof step === 'number') path += `[${step}]`;
    else if (/^[A-Za-z_$][\w$-]*$/.test(step)) path += path === '' ? step : `.${step}`;
    else path += `[${JSON.stringify(step)}]`;
  }
  return path;
}
