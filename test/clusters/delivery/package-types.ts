import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import ts from 'typescript';

// Holds what a resource is asked for to the types that its package publishes: at run time, because the compiler overlooks a field too many that comes by a spread.

const parsed = new Map<string, readonly ts.Statement[]>();

/** The statements of a file, or of one of its namespaces: without the rest of a file that has megabytes. */
function statementsOf(path: string, namespace?: string): readonly ts.Statement[] {
  const key = `${path}#${namespace ?? ''}`;
  const known = parsed.get(key);
  if (known !== undefined) return known;
  const text = readFileSync(path, 'utf8');
  const start = namespace === undefined ? 0 : text.indexOf(`export declare namespace ${namespace} {`);
  const end = namespace === undefined ? -1 : text.indexOf('\nexport declare namespace ', start + 1);
  const found = start < 0 ? [] : [...ts.createSourceFile(path, text.slice(start, end < 0 ? undefined : end), ts.ScriptTarget.Latest).statements];
  parsed.set(key, found);
  return found;
}

/** What is wrong with the inputs of a resource such as `aws:ecr/repository:Repository`: fields that its type doesn't know or that it requires, values of another kind. */
export function inputProblems(packageName: string, type: string, inputs: Readonly<Record<string, unknown>>): string[] {
  const [, module = '', name = ''] = type.split(':');
  const root = join(process.cwd(), 'node_modules', packageName);
  const file = join(root, `${module.replace(/^index\//, '')}.d.ts`);
  if (!existsSync(file)) return [`no type ${type} in ${packageName}`];
  const args = interfacesOf(file, []).get(`${name}Args`);
  return args === undefined ? [`no ${name}Args in ${file}`] : membersProblems(root, args, inputs, '');
}

type Interfaces = ReadonlyMap<string, ts.InterfaceDeclaration>;
const collected = new Map<string, Interfaces>();

/** The interfaces of a namespace of a file, or of the file itself. */
function interfacesOf(file: string, [namespace, ...inner]: readonly string[]): Interfaces {
  const key = `${file}#${[namespace, ...inner].join('.')}`;
  const known = collected.get(key);
  if (known !== undefined) return known;
  let statements = statementsOf(file, namespace);
  for (const part of namespace === undefined ? [] : [namespace, ...inner]) statements = statements.flatMap((each) => (ts.isModuleDeclaration(each) && each.name.text === part && each.body !== undefined && ts.isModuleBlock(each.body) ? [...each.body.statements] : []));
  const found = new Map(statements.filter(ts.isInterfaceDeclaration).map((each) => [each.name.text, each]));
  collected.set(key, found);
  return found;
}

function membersProblems(root: string, type: ts.InterfaceDeclaration | ts.TypeLiteralNode, value: unknown, path: string): string[] {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return [`${path}: expected an object, got ${JSON.stringify(value)}`];
  const index = type.members.find(ts.isIndexSignatureDeclaration);
  const fields = new Map(type.members.filter(ts.isPropertySignature).map((each) => [ts.isComputedPropertyName(each.name) ? '' : each.name.text, each]));
  const missing = [...fields].filter(([name, field]) => field.questionToken === undefined && (value as Record<string, unknown>)[name] === undefined).map(([name]) => `${path}.${name}: is required`);
  return [...missing, ...Object.entries(value).flatMap(([name, each]) => {
    const field = fields.get(name)?.type ?? index?.type;
    return field === undefined ? [`${path}.${name}: isn't known`] : valueProblems(root, field, each, `${path}.${name}`);
  })];
}

function valueProblems(root: string, type: ts.TypeNode, value: unknown, path: string): string[] {
  if (value === undefined || value === 'unknown') return [];
  if (typeof value === 'object' && value !== null && 'secret' in value) return valueProblems(root, type, value.secret, path);
  const kind = (expected: string): string[] => (typeof value === expected ? [] : [`${path}: expected a ${expected}, got ${JSON.stringify(value)}`]);
  switch (type.kind) {
    case ts.SyntaxKind.StringKeyword: return kind('string');
    case ts.SyntaxKind.NumberKeyword: return kind('number');
    case ts.SyntaxKind.BooleanKeyword: return kind('boolean');
    case ts.SyntaxKind.UndefinedKeyword: return [`${path}: expected nothing`];
    case ts.SyntaxKind.AnyKeyword: return [];
  }
  if (ts.isArrayTypeNode(type)) return Array.isArray(value) ? value.flatMap((each, position) => valueProblems(root, type.elementType, each, `${path}[${position}]`)) : [`${path}: expected a list, got ${JSON.stringify(value)}`];
  if (ts.isUnionTypeNode(type)) {
    const tried = type.types.filter((each) => each.kind !== ts.SyntaxKind.UndefinedKeyword).map((each) => valueProblems(root, each, value, path));
    return tried.some((problems) => problems.length === 0) ? [] : tried.flat();
  }
  if (ts.isTypeLiteralNode(type)) return membersProblems(root, type, value, path);
  if (ts.isTypeReferenceNode(type)) return referenceProblems(root, type, value, path);
  return [`${path}: a type that isn't read here, ${ts.SyntaxKind[type.kind]}`];
}

function entity(name: ts.EntityName): string {
  return ts.isIdentifier(name) ? name.text : `${entity(name.left)}.${name.right.text}`;
}

function referenceProblems(root: string, type: ts.TypeReferenceNode, value: unknown, path: string): string[] {
  const name = entity(type.typeName);
  const [argument] = type.typeArguments ?? [];
  if (name === 'pulumi.Input' && argument !== undefined) return valueProblems(root, argument, value, path);
  const [space, ...rest] = name.split('.');
  // An enumeration of well-known values, beside which any text is taken.
  if (space === 'enums') return typeof value === 'string' ? [] : [`${path}: expected a text, got ${JSON.stringify(value)}`];
  const found = space === 'inputs' ? interfacesOf(join(root, 'types/input.d.ts'), rest.slice(0, -1)).get(rest.at(-1) ?? '') : undefined;
  return found === undefined ? [`${path}: a type that isn't found here, ${name}`] : membersProblems(root, found, value, path);
}
