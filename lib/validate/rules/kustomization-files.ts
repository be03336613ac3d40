import { didYouMean } from '../../values/suggest.ts';
import type { Report, UnitRule } from '../rule.ts';
import { dig, list } from '../schemas/plain.ts';
import { folderOf, type LandedObject, type Landing } from '../scope/landing.ts';
import { imageChanges, splitImage } from '../scope/images.ts';

const known: readonly string[] = [
  'apiVersion', 'kind', 'metadata', 'resources', 'components', 'images', 'patches', 'namespace', 'namePrefix', 'nameSuffix', 'labels', 'commonLabels', 'commonAnnotations',
  'configMapGenerator', 'secretGenerator', 'generatorOptions', 'replacements', 'replicas', 'transformers', 'generators', 'validators', 'openapi', 'crds', 'configurations', 'sortOptions', 'buildMetadata', 'helmCharts', 'helmGlobals',
];

/** A kustomization lists exactly what lies in its folder, and changes images that are there. */
export const kustomizationFiles: UnitRule = {
  id: 'kustomization-files',
  scope: 'unit',
  severity: 'error',
  title: 'A kustomization lists exactly the files of its folder, and its images are used',
  fix: 'list each file once, and nothing else',
  check(landing, report) {
    for (const kustomization of landing.kustomizations) {
      for (const key of Object.keys(kustomization.value)) {
        if (!known.includes(key)) report(kustomization, { field: key, message: `kustomize has no field ${key}.${didYouMean(key, known)}`, fix: 'correct the name of the field' });
      }
      checkResources(kustomization, landing, report);
      checkImages(kustomization, landing, report);
    }
  },
};

function checkResources(kustomization: LandedObject, landing: Landing, report: Report): void {
  const folder = folderOf(kustomization.file);
  const files = new Set(landing.files.map(({ path }) => path));
  const here = [...files].filter((path) => folderOf(path) === folder && path !== kustomization.file);
  const listed = new Set<string>();
  for (const [index, resource] of list(kustomization.value, 'resources').entries()) {
    const field = `resources[${index}]`;
    if (typeof resource !== 'string') {
      report(kustomization, { field, message: 'expected the path of a file or folder, got something else' });
      continue;
    }
    if (/^[a-z][a-z0-9+.-]*:\/\/|^git@|\?ref=/.test(resource) || /^github\.com\//.test(resource)) {
      report(kustomization, { field, message: `expected a path, got the remote ${JSON.stringify(resource)}`, fix: 'vendor it below upstream/: nothing rendered holds a remote URL' });
      continue;
    }
    const path = resolvePath(folder, resource);
    if (listed.has(path)) report(kustomization, { field, message: `expected each file once, got ${JSON.stringify(resource)} again` });
    listed.add(path);
    // What lies outside this render belongs to another unit.
    if (!path.startsWith(`${landing.folder}/`)) continue;
    if (!files.has(path) && !files.has(`${path}/kustomization.yaml`)) report(kustomization, { field, message: `there is no file ${resource} in ${folder}.${didYouMean(resource, here.map((each) => each.slice(folder.length + 1)))}` });
  }
  const patches = new Set([...list(kustomization.value, 'patches').map((patch) => dig(patch, 'path')), ...list(kustomization.value, 'components')].map((path) => (typeof path === 'string' ? resolvePath(folder, path) : '')));
  for (const path of here) {
    if (!listed.has(path) && !patches.has(path)) report(kustomization, { field: 'resources', message: `expected every file of ${folder}, and ${path.slice(folder.length + 1)} is not listed`, fix: 'list the file, or take it out of the folder' });
  }
}

function checkImages(kustomization: LandedObject, landing: Landing, report: Report): void {
  const folder = folderOf(kustomization.file);
  const used = new Set(landing.workloads.filter(({ file }) => file.startsWith(`${folder}/`)).flatMap(({ workload }) => workload.containers.map(({ value }) => splitImage(String(value['image'])).name)));
  const seen = new Set<string>();
  for (const [index, { name, newTag, digest, newName }] of imageChanges(kustomization.value).entries()) {
    const field = `images[${index}]`;
    if (name === '') report(kustomization, { field: `${field}.name`, message: 'expected the name of an image, got none' });
    if (seen.has(name)) report(kustomization, { field: `${field}.name`, message: `expected each image once, got ${name} again` });
    seen.add(name);
    if (newTag === undefined && digest === undefined && newName === undefined) report(kustomization, { field, message: `expected newTag, digest or newName, got none` });
    if (digest !== undefined && !/^sha256:[0-9a-f]{64}$/.test(digest)) report(kustomization, { field: `${field}.digest`, message: `expected sha256: and 64 hexadecimal digits, got ${JSON.stringify(digest)}` });
    if (!used.has(name) && landing.workloads.length > 0) report(kustomization, { field: `${field}.name`, message: `no container of ${folder} runs the image ${name}.${didYouMean(name, used)}`, fix: 'correct the name, or take the entry out' });
  }
}

/** A path of a kustomization as a path of the runtime repo. */
function resolvePath(folder: string, resource: string): string {
  if (!resource.includes('/')) return `${folder}/${resource}`;
  const steps = folder.split('/');
  for (const step of resource.split('/')) {
    if (step === '..') steps.pop();
    else if (step !== '.' && step !== '') steps.push(step);
  }
  return steps.join('/');
}
