import type { Program } from '../cel/program.ts';
import type { Format } from './formats.ts';
import type { PropertyTable } from './property-table.ts';

/** What every node of a compiled schema says. */
interface NodeBase {
  /** Null is a value; elsewhere it reads as absent. */
  readonly nullable: boolean;
  /** Of a built-in kind: the API server reads an empty text as absent, and fills in defaults that no schema shows. */
  readonly builtIn: boolean;
  /** What is filled in when the field is absent; undefined when nothing is. */
  readonly fallback: unknown;
  /** Conditions and alternatives, which few nodes have. */
  readonly extras: NodeExtras | undefined;
}

/** What few nodes say. */
export interface NodeExtras {
  readonly conditions: readonly NodeCondition[];
  readonly anyOf: readonly SchemaNode[];
  readonly oneOf: readonly SchemaNode[];
  readonly allOf: readonly SchemaNode[];
  readonly not: SchemaNode | undefined;
}

/** A condition in CEL. */
export interface NodeCondition {
  readonly program: Program;
  readonly message: string;
}

/** An object with named fields, a map, or both. */
export interface ObjectNode extends NodeBase {
  readonly type: 'object';
  readonly properties: PropertyTable<SchemaNode>;
  readonly required: readonly string[];
  readonly additional: SchemaNode | undefined;
  readonly open: boolean;
  readonly keyFormat: Format | undefined;
  readonly minProperties: number;
  readonly maxProperties: number;
  readonly exactlyOne: readonly string[];
  readonly atMostOne: readonly string[];
}

/** A list. */
export interface ListNode extends NodeBase {
  readonly type: 'list';
  readonly items: SchemaNode;
  readonly keys: readonly string[];
  readonly set: boolean;
  readonly minItems: number;
  readonly maxItems: number;
}

/** A single value, or anything at all. */
export interface ScalarNode extends NodeBase {
  readonly type: 'any' | 'boolean' | 'bytes' | 'dateTime' | 'int32' | 'int64' | 'intOrString' | 'integer' | 'number' | 'quantity' | 'string';
  readonly enum: ReadonlySet<unknown> | undefined;
  readonly pattern: RegExp | undefined;
  readonly format: Format | undefined;
  readonly minLength: number;
  readonly maxLength: number;
  readonly minimum: number;
  readonly maximum: number;
}

/** A compiled schema. References are resolved, so that a schema may contain itself. */
export type SchemaNode = ObjectNode | ListNode | ScalarNode;
