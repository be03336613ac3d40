import type { CompactNode } from '../../../lib/validate/schemas/compact.ts';

/** What the API server demands of a field beyond what its OpenAPI definition says. */
export interface Fact extends Pick<CompactNode, 'default' | 'enum' | 'exactlyOne' | 'atMostOne' | 'format' | 'keyFormat' | 'maxItems' | 'maxLength' | 'maximum' | 'minItems' | 'minLength' | 'minProperties' | 'minimum' | 'pattern' | 'rules' | 'set'> {
  /** The field must be there and not empty. */
  readonly required?: true;
  /** For the items of a list. */
  readonly items?: Fact;
  /** For the values of a map. */
  readonly values?: Fact;
}

/** Definition, then field; the field `` (empty) is the definition itself. */
export type Facts = Readonly<Record<string, Readonly<Record<string, Fact>>>>;
