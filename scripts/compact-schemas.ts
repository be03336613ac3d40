/**
 * Makes the compact schemas that `lib/validate` reads:
 *
 *     node --import tsx scripts/compact-schemas.ts <folder> --out lib/validate/schemas/data [--sources sources.json]
 *
 * The folder is searched for `definitions-<version>.json` (the definitions of a Kubernetes minor's OpenAPI v2 document) and for
 * CustomResourceDefinitions in YAML. The sources file says which software and version each custom resource comes from.
 */
import { mkdirSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { parseAllDocuments } from 'yaml';
import type { SchemaIndex } from '../lib/validate/schemas/compact.ts';
import { isCustomResourceDefinition } from '../lib/validate/schemas/crd.ts';
import { compactCustomResources, type FoundDefinition, type Sources } from './compact-schemas/custom-resources.ts';
import { compactKubernetes, type MinorDefinitions } from './compact-schemas/kubernetes.ts';
import { jsonLines } from './compact-schemas/text.ts';

const { values, positionals } = parseArgs({ allowPositionals: true, options: { out: { type: 'string' }, sources: { type: 'string' } } });
const [folder] = positionals;
if (folder === undefined || values.out === undefined) {
  process.stderr.write('usage: compact-schemas.ts <folder of CRDs and OpenAPI definitions> --out <folder> [--sources <file>]\n');
  process.exit(2);
}
const out = values.out;
const paths = readdirSync(folder, { recursive: true, encoding: 'utf8' }).map((path) => join(folder, path)).sort();

const minors: MinorDefinitions[] = paths.flatMap((path) => {
  const version = /definitions-(\d+\.\d+\.\d+)\.json$/.exec(path)?.[1];
  return version === undefined ? [] : [{ version, definitions: JSON.parse(readFileSync(path, 'utf8')) as MinorDefinitions['definitions'] }];
});
minors.sort((a, b) => minorOf(a) - minorOf(b));

const definitions: FoundDefinition[] = paths
  .filter((path) => /\.ya?ml$/.test(path))
  .flatMap((path) => parseAllDocuments(readFileSync(path, 'utf8')).map((document): FoundDefinition => ({ where: path, definition: document.toJS() })))
  .filter(({ definition }) => isCustomResourceDefinition(definition));

const sourcesFile = values.sources ?? new URL('compact-schemas/sources.json', import.meta.url);
const customResources = compactCustomResources(definitions, JSON.parse(readFileSync(sourcesFile, 'utf8')) as Sources);
const kubernetes = compactKubernetes(minors);
const index: SchemaIndex = {
  kubernetes: kubernetes.versions,
  customResources: customResources.map(({ software, version, kinds }) => ({ software, version, file: `${software}-${version}.json`, kinds: Object.keys(kinds) })),
};

mkdirSync(out, { recursive: true });
const files: [string, object][] = [['index.json', index], ['kubernetes.json', kubernetes]];
for (const [at, data] of customResources.entries()) files.push([index.customResources[at]?.file ?? '', data]);
for (const [name, data] of files) {
  const text = jsonLines(data);
  writeFileSync(join(out, name), text);
  process.stdout.write(`${name}: ${text.length} bytes\n`);
}

function minorOf({ version }: MinorDefinitions): number {
  return Number(version.split('.')[1]);
}
