import { compileProgram } from '../cel/program.ts';
import { plainTypes, type CompactNode, type CompactSchema, type PlainType } from './compact.ts';
import { formats } from './formats.ts';
import type { NodeCondition, NodeExtras, SchemaNode } from './node.ts';
import { compilePattern } from './pattern.ts';
import { PropertyTable } from './property-table.ts';

/** Looks a definition up by its name without `#`. */
export type FindDefinition = (name: string) => { readonly schema: CompactSchema; readonly compiler: SchemaCompiler };

/** Compiles the schemas of one set of definitions, each once. */
export class SchemaCompiler {
  readonly #find: FindDefinition;
  readonly #builtIn: boolean;
  readonly #definitions = new Map<string, SchemaNode>();
  readonly #plain = new Map<string, SchemaNode>();

  /** @param builtIn whether the schemas are of built-in kinds */
  constructor(find: FindDefinition, builtIn: boolean) {
    this.#find = find;
    this.#builtIn = builtIn;
  }

  /** The definition of a name, compiled on first use. */
  definition(name: string): SchemaNode {
    const known = this.#definitions.get(name);
    if (known !== undefined) return known;
    const { schema, compiler } = this.#find(name);
    if (compiler !== this) return compiler.definition(name);
    // What refers to a definition while it is being compiled gets this object, filled below.
    const node = {} as SchemaNode;
    this.#definitions.set(name, node);
    return Object.assign(node, this.compile(schema, true));
  }

  /** Compiles a schema; strict ones refuse unknown fields. */
  compile(schema: CompactSchema, strict = true): SchemaNode {
    if (typeof schema === 'string') return schema.startsWith('#') ? this.definition(schema.slice(1)) : this.#plainNode(schema, strict);
    const node = this.#build(schema, strict);
    return schema.ref === undefined ? node : this.#extend(this.definition(schema.ref.slice(1)), node, schema);
  }

  #plainNode(name: string, strict: boolean): SchemaNode {
    const key = `${name} ${strict}`;
    let node = this.#plain.get(key);
    if (node === undefined) {
      const type = plainTypes.find((plain) => plain === name);
      if (type === undefined) throw new Error(`a compact schema names the type ${name}, which there is not`);
      this.#plain.set(key, (node = this.#build({ type }, strict)));
    }
    return node;
  }

  #extend(base: SchemaNode, added: SchemaNode, schema: CompactNode): SchemaNode {
    const extras = added.extras ?? base.extras;
    if (base.type === 'object') {
      return { ...base, extras, required: [...base.required, ...(schema.required ?? [])], nullable: base.nullable || added.nullable, fallback: added.fallback ?? base.fallback };
    }
    return { ...base, extras };
  }

  #build(schema: CompactNode, strict: boolean): SchemaNode {
    const base = {
      nullable: schema.nullable === true,
      builtIn: this.#builtIn,
      fallback: schema.default,
      extras: this.#extras(schema),
    };
    if (schema.items !== undefined) {
      const { minItems = 0, maxItems = Infinity, keys = [], set = false } = schema;
      return { ...base, type: 'list', items: this.compile(schema.items, strict), keys, set, minItems, maxItems };
    }
    if (schema.properties !== undefined || schema.additional !== undefined || schema.type === 'object' || schema.required !== undefined) {
      return { ...base, ...this.#objectParts(schema, strict) };
    }
    return {
      ...base,
      type: scalarType(schema.type),
      enum: schema.enum === undefined ? undefined : new Set(schema.enum),
      pattern: schema.pattern === undefined ? undefined : compilePattern(schema.pattern),
      format: schema.format !== undefined && Object.hasOwn(formats, schema.format) ? formats[schema.format] : undefined,
      minLength: schema.minLength ?? 0,
      maxLength: schema.maxLength ?? Infinity,
      minimum: schema.minimum ?? -Infinity,
      maximum: schema.maximum ?? Infinity,
    };
  }

  #objectParts(schema: CompactNode, strict: boolean) {
    const own = schema.properties ?? {};
    return {
      type: 'object' as const,
      properties: new PropertyTable<SchemaNode>(own, (property) => this.compile(property, strict)),
      // The API server fills in defaults before it asks for what is required.
      required: (schema.required ?? []).filter((name) => !this.#hasDefault(Object.hasOwn(own, name) ? own[name] : undefined)),
      additional: schema.additional === undefined ? undefined : this.compile(schema.additional, strict),
      open: schema.open === true || !strict || (schema.properties === undefined && schema.additional === undefined && schema.exactlyOne === undefined && schema.type !== 'object'),
      keyFormat: schema.keyFormat === undefined ? undefined : formats[schema.keyFormat],
      minProperties: schema.minProperties ?? 0,
      maxProperties: schema.maxProperties ?? Infinity,
      exactlyOne: schema.exactlyOne ?? [],
      atMostOne: schema.atMostOne ?? [],
    };
  }

  #hasDefault(schema: CompactSchema | undefined): boolean {
    if (typeof schema === 'string') return schema.startsWith('#') && this.#hasDefault(this.#find(schema.slice(1)).schema);
    return schema?.default !== undefined;
  }

  #extras(schema: CompactNode): NodeExtras | undefined {
    const conditions = (schema.rules ?? []).filter(({ rule }) => !/\boldSelf\b/.test(rule)).map(({ rule, message }): NodeCondition => ({ program: compileProgram(rule), message: message ?? `broken rule: ${rule}` }));
    const each = (parts: readonly CompactSchema[] | undefined): SchemaNode[] => (parts ?? []).map((part) => this.compile(part, false));
    const extras = { conditions, anyOf: each(schema.anyOf), oneOf: each(schema.oneOf), allOf: each(schema.allOf), not: schema.not === undefined ? undefined : this.compile(schema.not, false) };
    const empty = conditions.length + extras.anyOf.length + extras.oneOf.length + extras.allOf.length === 0 && extras.not === undefined;
    return empty ? undefined : extras;
  }
}

function scalarType(type: PlainType | undefined): Exclude<PlainType, 'object'> {
  return type === undefined || type === 'object' ? 'any' : type;
}
