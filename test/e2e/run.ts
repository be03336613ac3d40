import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { parseArgs } from 'node:util';
import { startVitest } from 'vitest/node';
import { binary } from '../../lib/control-plane/build.ts';
import { crdSources, definitionTexts } from '../../lib/control-plane/crds.ts';
import { argoCdInstallManifest, argoCdModules, type ArgoCdVersion } from '../../lib/control-plane/releases.ts';
import { runOk } from '../../lib/control-plane/run-program.ts';
import { build } from './harness/build.ts';
import { componentNames } from './harness/components.ts';
import { select, type TestFile, type Wishes } from './harness/selection.ts';

const usage = `npm run test:e2e -- [--only NAME]... [--context NAME] [--build]
  --only NAME      run one file of tests, such as ${'`accept`'}; may be given again
  --context NAME   run what can be run on an existing cluster there: a context of the file that KUBECONFIG names;
                   what the tests make there they remove, and they refuse a cluster that has any of it
  --build          only build and download what the tests need
`;

async function testFiles(): Promise<TestFile[]> {
  const files: TestFile[] = [];
  for (const folder of ['controllers', 'host', 'plane'] as const) {
    for (const file of (await readdir(join(import.meta.dirname, folder))).sort()) {
      if (file.endsWith('.test.ts')) files.push({ name: basename(file, '.test.ts'), folder, path: `test/e2e/${folder}/${file}` });
    }
  }
  return files;
}

async function buildAll(): Promise<void> {
  for (const name of componentNames) {
    const start = performance.now();
    const { version, folder } = await build(name);
    console.log(`${name} ${version || '(ours)'}: ${folder}, ${((performance.now() - start) / 1000).toFixed(1)} s`);
  }
  for (const group of Object.keys(crdSources)) console.log(`${group}: ${(await definitionTexts(group)).length} texts`);
  for (const version of Object.keys(argoCdModules) as ArgoCdVersion[]) console.log(`Argo CD ${version}: ${(await argoCdInstallManifest(version)).length} characters`);
}

/** What was asked for, and the contexts of the kubeconfig where one was. */
async function wishesOf(only: readonly string[], context: string | undefined): Promise<Wishes> {
  const kubeconfig = process.env['KUBECONFIG'];
  if (context === undefined || kubeconfig === undefined || kubeconfig === '') return { only, contexts: [], ...(context !== undefined && { context }) };
  const { stdout } = await runOk(binary(await build('kubernetes'), 'kubectl'), ['config', 'get-contexts', '--output=name']);
  return { only, context, kubeconfig, contexts: stdout.split('\n').filter((name) => name !== '') };
}

async function runTests(only: readonly string[], context: string | undefined): Promise<number> {
  const selection = select(await testFiles(), await wishesOf(only, context));
  if ('problem' in selection) {
    console.error(selection.problem);
    return 2;
  }
  for (const { name, reason } of selection.skipped) console.log(`skipped on context ${context}: ${name} (${reason})`);
  const logs = await mkdtemp(join(tmpdir(), 'slipway-e2e-'));
  process.env['SLIPWAY_RUN_FOLDER'] = logs;
  if (context !== undefined) process.env['SLIPWAY_E2E_CONTEXT'] = context;
  const filters = only.length === 0 && context === undefined ? [] : selection.files.map(({ path }) => path);
  const vitest = await startVitest('test', filters, { config: 'vitest.e2e.config.ts', run: true, watch: false });
  await vitest.close();
  const code = Number(process.exitCode ?? 0);
  if (code === 0) await rm(logs, { recursive: true, force: true });
  return code;
}

const { values } = parseArgs({
  options: { only: { type: 'string', multiple: true }, context: { type: 'string' }, build: { type: 'boolean' }, help: { type: 'boolean' } },
});
if (values.help) console.log(usage);
else if (values.build) await buildAll();
else process.exitCode = await runTests(values.only ?? [], values.context);
