import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { buildFolder } from '../../lib/manifests/kustomize/build.ts';
import { objectsOfTexts } from '../../lib/manifests/object-source.ts';
import type { KubeObject } from '../../lib/manifests/rendered.ts';
import { objectsInYaml } from '../../lib/manifests/yaml-documents.ts';
import { canonicalJson } from '../../lib/values/canonical-json.ts';
import { compareText } from '../../lib/values/errors.ts';
import { toYaml } from '../../lib/manifests/yaml.ts';
import { kustomizeCases, type KustomizeCase } from './kustomize-cases.ts';

const folder = mkdtempSync(join(tmpdir(), 'slipway-kustomize-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
const kustomize = [['kustomize', 'build'], ['kubectl', 'kustomize']].find(([program = '']) => spawnSync(program, ['version', '--client'], { stdio: 'ignore' }).error === undefined);
const without = kustomize === undefined ? ' (skipped: neither kustomize nor kubectl is here)' : '';

function textsOf({ objects, kustomization }: KustomizeCase): Map<string, string> {
  const files = new Map(objects.map((object, index) => [`base/${index}.yaml`, toYaml(object)]));
  files.set('base/kustomization.yaml', toYaml({ apiVersion: 'kustomize.config.k8s.io/v1beta1', kind: 'Kustomization', resources: [...files.keys()].map((path) => path.slice('base/'.length)) }));
  files.set('own/kustomization.yaml', toYaml({ apiVersion: 'kustomize.config.k8s.io/v1beta1', kind: 'Kustomization', resources: ['../base'], ...kustomization }));
  return files;
}

function realBuild(texts: ReadonlyMap<string, string>, name: string): KubeObject[] {
  const at = join(folder, name.replaceAll(/\W+/g, '-'));
  for (const [path, text] of texts) {
    mkdirSync(join(at, path, '..'), { recursive: true });
    writeFileSync(join(at, path), text);
  }
  const [program = '', ...args] = kustomize ?? [];
  const { status, stdout, stderr } = spawnSync(program, [...args, join(at, 'own')], { encoding: 'utf8' });
  if (status !== 0) throw new Error(stderr);
  return objectsInYaml(stdout, name);
}

/** Objects as text that doesn't depend on their order. */
function asSet(objects: readonly KubeObject[]): string[] {
  return objects.map((object) => canonicalJson(object)).sort(compareText);
}

describe('building a folder', () => {
  it.skipIf(kustomize === undefined).each(kustomizeCases)(`gives what kustomize gives: $name${without}`, (each) => {
    const texts = textsOf(each);
    expect(asSet(buildFolder('own', objectsOfTexts((path) => texts.get(path))))).toEqual(asSet(realBuild(texts, each.name)));
  });
});
