import ts from 'typescript';
import { dirname, join } from 'node:path/posix';
import { describe, expect, it } from 'vitest';
import { filesUnder, textOf } from './source-files.ts';

/** What each folder may import of ours beside itself and `values`: the flow, left to right. Types may come from further right where `types` says so. */
const layers: Readonly<Record<string, { readonly imports: readonly string[]; readonly types?: readonly string[] }>> = {
  'lib/values': { imports: [] },
  'lib/expr': { imports: [] },
  'lib/rollouts': { imports: ['lib/expr', 'lib/manifests'] },
  'lib/model': { imports: [] },
  'lib/manifests': { imports: ['lib/model'] },
  'lib/upstream': { imports: ['lib/model', 'lib/manifests'] },
  'lib/constructs': { imports: ['lib/model', 'lib/manifests'] },
  'lib/controllers': { imports: ['lib/model', 'lib/manifests'] },
  'lib/charts': { imports: ['lib/constructs', 'lib/controllers', 'lib/model', 'lib/manifests'] },
  'lib/validate': { imports: ['lib/expr', 'lib/rollouts', 'lib/manifests', 'lib/model'] },
  'lib/synth': { imports: ['lib/charts', 'lib/constructs', 'lib/controllers', 'lib/manifests', 'lib/model', 'lib/upstream', 'lib/validate'] },
  'lib/runtime-repo': { imports: ['lib/manifests', 'lib/model', 'lib/synth'] },
  'lib/status': { imports: ['lib/manifests', 'lib/model', 'lib/runtime-repo'] },
  'lib/control-plane': { imports: ['lib/manifests', 'lib/synth'] },
  'lib/dev': { imports: ['lib/control-plane', 'lib/controllers', 'lib/model', 'lib/status', 'lib/synth', 'lib/upstream'] },
  'lib/clusters': { imports: ['lib/manifests', 'lib/model', 'lib/runtime-repo', 'lib/synth'] },
  'lib/cli': { imports: ['lib/charts', 'lib/dev', 'lib/rollouts', 'lib/constructs', 'lib/controllers', 'lib/manifests', 'lib/model', 'lib/runtime-repo', 'lib/status', 'lib/synth', 'lib/upstream', 'lib/validate', 'lib/workspace.ts', 'package.json'] },
  'lib/workspace.ts': { imports: ['lib/model'] },
  'lib/index.ts': { imports: ['lib/model', 'lib/constructs', 'lib/validate'] },
  apps: { imports: ['lib/index.ts'] },
  environments: { imports: ['lib/index.ts'] },
  bin: { imports: ['lib/cli'] },
};

/** Mains load the workspace; nothing else of their folder does. */
const alsoAllowed: Readonly<Record<string, readonly string[]>> = { 'lib/clusters/bootstrap/run.ts': ['lib/workspace.ts'], 'lib/clusters/program.ts': ['lib/workspace.ts'], 'lib/synth/main.ts': ['lib/workspace.ts'], 'lib/validate/cdk8s-plugin.ts': ['lib/workspace.ts'] };

const files = ['lib', 'apps', 'environments', 'bin'].flatMap((folder) => filesUnder(folder, /\.(ts|js|cjs)$/));

function importsOf(path: string): string[] {
  const source = ts.createSourceFile(path, textOf(path), ts.ScriptTarget.ESNext, false);
  const found: string[] = [];
  const visit = (node: ts.Node): void => {
    if ((ts.isImportDeclaration(node) || ts.isExportDeclaration(node)) && node.moduleSpecifier !== undefined && ts.isStringLiteral(node.moduleSpecifier)) found.push(node.moduleSpecifier.text);
    if (ts.isCallExpression(node) && node.expression.kind === ts.SyntaxKind.ImportKeyword && node.arguments[0] !== undefined && ts.isStringLiteral(node.arguments[0])) found.push(node.arguments[0].text);
    ts.forEachChild(node, visit);
  };
  visit(source);
  return found.filter((specifier) => specifier.startsWith('.')).map((specifier) => join(dirname(path), specifier));
}

function layerOf(path: string): string {
  return Object.keys(layers).filter((layer) => path === layer || path.startsWith(`${layer}/`)).sort((a, b) => b.length - a.length)[0] ?? path;
}

function brokenImports(): string[] {
  return files.flatMap((path) => {
    const layer = layerOf(path);
    const allowed = [layer, 'lib/values', ...(layers[layer]?.imports ?? []), ...(alsoAllowed[path] ?? [])];
    return importsOf(path).filter((target) => !allowed.includes(layerOf(target))).map((target) => `${path} imports ${target}: ${layer} may import ${(layers[layer]?.imports ?? []).join(', ') || 'nothing but values'}`);
  });
}

describe('the folders', () => {
  it('import only what stands to their left in the flow', () => {
    expect(brokenImports()).toEqual([]);
  });

  it('are all named in the table of layers', () => {
    expect(files.filter((path) => !Object.hasOwn(layers, layerOf(path)))).toEqual([]);
  });

  it('hold no import cycle between files', () => {
    const graph = new Map(files.map((path) => [path, importsOf(path).filter((target) => files.includes(target))]));
    const cycles: string[] = [];
    const done = new Set<string>();
    const walk = (path: string, trail: readonly string[]): void => {
      if (trail.includes(path)) cycles.push([...trail.slice(trail.indexOf(path)), path].join(' -> '));
      if (done.has(path) || trail.includes(path)) return;
      for (const target of graph.get(path) ?? []) walk(target, [...trail, path]);
      done.add(path);
    };
    for (const path of files) walk(path, []);
    expect(cycles).toEqual([]);
  });

  it('have no name that says nothing', () => {
    expect(files.filter((path) => /(^|\/)(src|utils?|common|helpers?|misc)(\/|\.ts$)/.test(path))).toEqual([]);
  });

  it('keep one barrel: only lib/index.ts re-exports', () => {
    expect(files.filter((path) => path !== 'lib/index.ts' && /^export (\*|\{[^}]*\}) from/m.test(textOf(path)))).toEqual([]);
  });

  it('keep their files short: none over 300 lines, nine in ten under 200, half under 100', () => {
    const lengths = files.map((path) => ({ path, lines: textOf(path).split('\n').length - 1 })).sort((a, b) => a.lines - b.lines);
    expect(lengths.filter((file) => file.lines > 300)).toEqual([]);
    const share = (limit: number): number => lengths.filter((file) => file.lines < limit).length / lengths.length;
    expect(share(200)).toBeGreaterThanOrEqual(0.9);
    expect(share(100)).toBeGreaterThanOrEqual(0.5);
  });
});

describe('what is rendered', () => {
  const rendering = ['lib/values', 'lib/model', 'lib/manifests', 'lib/constructs', 'lib/charts', 'lib/validate/rules', 'lib/synth'];

  it('depends on no clock, chance, machine or locale', () => {
    const volatile = /\b(Math\.random|Date\.now|new Date\(\)|randomUUID|randomBytes|performance\.now|toLocale\w*|localeCompare|os\.hostname|process\.(env|platform|pid|hrtime))/;
    const found = files.filter((path) => rendering.some((folder) => path.startsWith(`${folder}/`)) && path !== 'lib/synth/main.ts')
      .flatMap((path) => textOf(path).split('\n').flatMap((line, index) => (volatile.test(line) ? [`${path}:${index + 1}: ${line.trim()}`] : [])));
    expect(found).toEqual([]);
  });

  it('is made without reading or writing a file, but for the one writer of dist', () => {
    const found = files.filter((path) => ['lib/values', 'lib/model', 'lib/manifests', 'lib/constructs', 'lib/charts'].some((folder) => path.startsWith(`${folder}/`)))
      .filter((path) => /from 'node:(fs|net|http|https|child_process|dgram|dns|os)/.test(textOf(path)));
    expect(found).toEqual([]);
  });
});
