import type { CompactSchema } from './compact.ts';
import type { SchemaNode } from './node.ts';

/** The fields of an object's schema; each is compiled when the first object has it. */
export class PropertyTable {
  readonly #schemas: ReadonlyMap<string, CompactSchema>;
  readonly #compile: (schema: CompactSchema) => SchemaNode;
  readonly #nodes = new Map<string, SchemaNode>();

  constructor(schemas: Readonly<Record<string, CompactSchema>>, compile: (schema: CompactSchema) => SchemaNode) {
    this.#schemas = new Map(Object.entries(schemas));
    this.#compile = compile;
  }

  /** The schema of a field; undefined when there is no such field. */
  get(name: string): SchemaNode | undefined {
    const known = this.#nodes.get(name);
    if (known !== undefined) return known;
    const schema = this.#schemas.get(name);
    if (schema === undefined) return undefined;
    const node = this.#compile(schema);
    this.#nodes.set(name, node);
    return node;
  }

  has(name: string): boolean {
    return this.#schemas.has(name);
  }

  /** The names of all fields. */
  names(): Iterable<string> {
    return this.#schemas.keys();
  }
}
