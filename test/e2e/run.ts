import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { parseArgs } from 'node:util';
import { startVitest } from 'vitest/node';
import { build } from './harness/build.ts';
import { componentNames } from './harness/components.ts';
import { crdSources, definitionTexts } from '../../lib/control-plane/crds.ts';
import { argoCdInstallManifest, argoCdModules, type ArgoCdVersion } from '../../lib/control-plane/releases.ts';

const usage = `npm run test:e2e -- [--only NAME]... [--build]
  --only NAME   run one file of tests, such as ${'`accept`'}; may be given again
  --build       only build and download what the tests need
`;

/** Names of the test files, with their paths. */
async function testFiles(): Promise<Map<string, string>> {
  const files = new Map<string, string>();
  for (const folder of ['controllers', 'host', 'plane']) {
    for (const file of (await readdir(join(import.meta.dirname, folder))).sort()) {
      if (file.endsWith('.test.ts')) files.set(basename(file, '.test.ts'), `test/e2e/${folder}/${file}`);
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

async function runTests(only: readonly string[]): Promise<number> {
  const files = await testFiles();
  const unknown = only.filter((name) => !files.has(name));
  if (unknown.length > 0) {
    console.error(`--only: expected one of ${[...files.keys()].sort().join(', ')}, got ${unknown.join(', ')}`);
    return 2;
  }
  const logs = await mkdtemp(join(tmpdir(), 'slipway-e2e-'));
  process.env['SLIPWAY_RUN_FOLDER'] = logs;
  const filters = only.map((name) => files.get(name)!);
  const vitest = await startVitest('test', filters, { config: 'vitest.e2e.config.ts', run: true, watch: false });
  await vitest.close();
  const code = Number(process.exitCode ?? 0);
  if (code === 0) await rm(logs, { recursive: true, force: true });
  return code;
}

const { values } = parseArgs({
  options: { only: { type: 'string', multiple: true }, build: { type: 'boolean' }, help: { type: 'boolean' } },
});
if (values.help) console.log(usage);
else if (values.build) await buildAll();
else process.exitCode = await runTests(values.only ?? []);
