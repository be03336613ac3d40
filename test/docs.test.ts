import ts from 'typescript';
import { describe, expect, it } from 'vitest';
import { filesUnder, root, textOf } from './source-files.ts';

const pages = ['README.md', ...filesUnder('docs', /\.md$/)];

interface Block {
  readonly page: string;
  readonly line: number;
  readonly language: string;
  readonly text: string;
}

function blocksOf(page: string): Block[] {
  const blocks: Block[] = [];
  let open: { language: string; line: number; lines: string[]; indent: number } | undefined;
  for (const [index, line] of textOf(page).split('\n').entries()) {
    const fence = /^( *)```(\S*)\s*$/.exec(line);
    if (fence === null) open?.lines.push(line.slice(open.indent));
    else if (open === undefined) open = { language: fence[2] ?? '', line: index + 1, lines: [], indent: (fence[1] ?? '').length };
    else {
      blocks.push({ page, line: open.line, language: open.language, text: open.lines.join('\n') });
      open = undefined;
    }
  }
  if (open !== undefined) throw new Error(`${page}:${open.line}: the block never ends`);
  return blocks;
}

const blocks = pages.flatMap(blocksOf);
const samples = blocks.filter((block) => block.language === 'ts');

/** A sample without imports is a part of a build: it gets the public names, and what `build` has in hand. */
function programOf(sample: Block): string {
  if (/^import /m.test(sample.text)) return sample.text;
  const source = ts.createSourceFile('index.ts', textOf('lib/index.ts'), ts.ScriptTarget.ESNext);
  const names: string[] = [];
  for (const statement of source.statements) {
    if (ts.isExportDeclaration(statement) && statement.exportClause !== undefined && ts.isNamedExports(statement.exportClause)) {
      for (const element of statement.exportClause.elements) names.push(`${statement.isTypeOnly || element.isTypeOnly ? 'type ' : ''}${element.name.text}`);
    }
  }
  const own = names.filter((name) => !new RegExp(`\\b(const|function|class) ${name.replace('type ', '')}\\b`).test(sample.text));
  return [
    `import { ${own.join(', ')} } from '../lib/index.ts';`,
    'import type { Chart } from \'cdk8s\';',
    'declare const chart: Chart;',
    'declare const context: BuildContext<\'main\'>;',
    'declare const { images, select, selectCluster, environment }: BuildContext<\'main\'>;',
    'declare const flaskApi: AppDefinition<{ readonly main: string }, { readonly http: { readonly port: 80; readonly targetPort: 8000 } }>;',
    ...(/\bconst web\b/.test(sample.text) ? [] : ['declare const web: PythonApp;']),
    'export {};',
    'void [chart, context, images, select, selectCluster, environment, flaskApi];',
    sample.text,
  ].join('\n');
}

/** What the compiler says of every sample, compiled as if each were a file of apps/. */
function compile(): string[] {
  const files = new Map(samples.map((sample, index) => [`${root}apps/sample-${index}.ts`, { sample, text: programOf(sample) }]));
  const config = ts.parseJsonConfigFileContent(JSON.parse(textOf('tsconfig.json')), ts.sys, root);
  const options = { ...config.options, noUnusedLocals: false, noUnusedParameters: false };
  const host = ts.createCompilerHost(options);
  const { getSourceFile, fileExists, readFile } = host;
  host.fileExists = (path) => files.has(path) || fileExists(path);
  host.readFile = (path) => files.get(path)?.text ?? readFile(path);
  host.getSourceFile = (path, ...rest) => {
    const text = files.get(path)?.text;
    return text === undefined ? getSourceFile(path, ...rest) : ts.createSourceFile(path, text, ts.ScriptTarget.ESNext, true);
  };
  const program = ts.createProgram([...files.keys()], options, host);
  return [...files].flatMap(([path, { sample, text }]) => {
    const source = program.getSourceFile(path);
    const shift = text.split('\n').length - sample.text.split('\n').length;
    return [...program.getSyntacticDiagnostics(source), ...program.getSemanticDiagnostics(source)].map((diagnostic) => {
      const line = source === undefined || diagnostic.start === undefined ? 0 : source.getLineAndCharacterOfPosition(diagnostic.start).line;
      return `${sample.page}:${sample.line + 1 + line - shift}: ${ts.flattenDiagnosticMessageText(diagnostic.messageText, ' ')}`;
    });
  });
}

describe('the documentation', () => {
  it('has TypeScript samples that all compile', { timeout: 120_000 }, () => {
    expect(samples.length).toBeGreaterThan(0);
    expect(compile()).toEqual([]);
  });

  it('links only to pages, files and headings that exist', () => {
    const anchors = (page: string): string[] => textOf(page).split('\n').filter((line) => /^#+ /.test(line)).map((line) => line.replace(/^#+ /, '').toLowerCase().replace(/[^\p{L}\p{N} _-]/gu, '').trim().replaceAll(' ', '-'));
    const broken = pages.flatMap((page) => [...textOf(page).replace(/```[\s\S]*?```/g, '').matchAll(/\]\(([^)\s]+)\)/g)].flatMap((match) => {
      const target = match[1] ?? '';
      if (/^(https?|mailto):/.test(target)) return [];
      const [path = '', anchor] = target.split('#');
      const file = path === '' ? page : new URL(path, `file:///${page}`).pathname.slice(1);
      if (!ts.sys.fileExists(root + file) && !ts.sys.directoryExists(root + file)) return [`${page}: ${target} (no ${file})`];
      return anchor !== undefined && file.endsWith('.md') && !anchors(file).includes(anchor) ? [`${page}: ${target} (no such heading)`] : [];
    }));
    expect(broken).toEqual([]);
  });

  it('is reached from the README, every page of it', () => {
    const readme = textOf('README.md');
    expect(pages.filter((page) => page !== 'README.md' && !readme.includes(`](${page}`))).toEqual([]);
  });
});

describe('the public API', () => {
  it('documents everything it exports', () => {
    const program = ts.createProgram([`${root}lib/index.ts`], ts.parseJsonConfigFileContent(JSON.parse(textOf('tsconfig.json')), ts.sys, root).options);
    const checker = program.getTypeChecker();
    const source = program.getSourceFile(`${root}lib/index.ts`);
    const symbol = source === undefined ? undefined : checker.getSymbolAtLocation(source);
    const exported = symbol === undefined ? [] : checker.getExportsOfModule(symbol);
    expect(exported.length).toBeGreaterThan(0);
    const silent = exported.filter((each) => {
      const target = (each.flags & ts.SymbolFlags.Alias) !== 0 ? checker.getAliasedSymbol(each) : each;
      return target.getDocumentationComment(checker).length === 0;
    });
    expect(silent.map((each) => each.name).sort()).toEqual([]);
  });

  it('gives every optional property of its option types a documented default', () => {
    const silent = filesUnder('lib', /\.ts$/).filter((path) => /^lib\/(model|constructs)\//.test(path)).flatMap((path) => {
      const source = ts.createSourceFile(path, textOf(path), ts.ScriptTarget.ESNext, true);
      const found: string[] = [];
      const visit = (node: ts.Node): void => {
        if (ts.isInterfaceDeclaration(node) && /(Props|Options|Input)$/.test(node.name.text) && node.modifiers?.some((modifier) => modifier.kind === ts.SyntaxKind.ExportKeyword) === true) {
          for (const member of node.members) {
            if (!ts.isPropertySignature(member) || member.questionToken === undefined) continue;
            const tags = ts.getJSDocTags(member).map((tag) => tag.tagName.text);
            if (!tags.includes('default')) found.push(`${path}: ${node.name.text}.${member.name.getText(source)}`);
          }
        }
        ts.forEachChild(node, visit);
      };
      visit(source);
      return found;
    });
    expect(silent).toEqual([]);
  });
});
