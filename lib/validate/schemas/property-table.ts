import type { CompactSchema } from './compact.ts';

/** The fields of an object's schema; each is compiled when the first object has it. */
export class PropertyTable<Node> {
  readonly #schemas: ReadonlyMap<string, CompactSchema>;
  readonly #compile: (schema: CompactSchema) => Node;
  readonly #nodes = new Map<string, Node>();

  constructor(schemas: Readonly<Record<string, CompactSchema>>, compile: (schema: CompactSchema) => Node) {
    this.#schemas = new Map(Object.entries(schemas));
    this.#compile = compile;
  }

  /** The schema of a field; undefined when there is no such field. */
  get(name: string): Node | undefined {
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
