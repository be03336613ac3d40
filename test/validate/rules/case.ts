import type { ValidationTarget } from '../../../lib/validate/target.ts';
import type { Loose, UnitOptions } from '../healthy-app.ts';

/** One change of the healthy app and what is found then. */
export interface RuleCase {
  readonly rule: string;
  readonly name: string;
  readonly change: (app: Record<string, Loose>) => void;
  /** Kind and field of each finding; none when the rule lets it pass. */
  readonly finds: readonly string[];
  readonly unit?: UnitOptions;
  readonly target?: Partial<ValidationTarget>;
}
