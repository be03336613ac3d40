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

describe('building a folder that kustomize would build otherwise, or not at all', () => {
  const config: KubeObject = { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'config' }, data: { a: 'b' } };
  const ports: KubeObject = { apiVersion: 'apps/v1', kind: 'Deployment', metadata: { name: 'server' }, spec: { template: { spec: { containers: [{ name: 'server', ports: [{ containerPort: 80, protocol: 'TCP' }] }] } } } };
  const build = (kustomization: Readonly<Record<string, unknown>>, objects: readonly KubeObject[] = [config]): KubeObject[] => {
    const texts = textsOf({ name: '', objects, kustomization });
    return buildFolder('own', objectsOfTexts((path) => texts.get(path)));
  };
  const patch = (value: object, target?: object): Readonly<Record<string, unknown>> => ({ patches: [{ ...(target !== undefined && { target }), patch: JSON.stringify(value) }] });

  it.each([
    ['a field that Slipway never writes', { namePrefix: 'x-' }, 'expected only apiVersion, images, kind, metadata, namespace, patches, resources, got namePrefix'],
    ['a missing resource', { resources: ['../base', 'gone.yaml'] }, 'expected the resource own/gone.yaml, found no such file or folder'],
    ['a patch of an object that isn\'t there', patch({ apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'other' } }), 'expected an object to patch, found no ConfigMap other'],
    ['operations without a target', patch([{ op: 'remove', path: '/data' }]), 'expected a target for a JSON 6902 patch'],
    ['an operation whose place isn\'t there', patch([{ op: 'replace', path: '/data/z', value: 'c' }], { kind: 'ConfigMap' }), 'expected something at /data/z, found nothing'],
    ['a test that fails', patch([{ op: 'test', path: '/data/a', value: 'c' }], { kind: 'ConfigMap' }), 'expected /data/a to be "c", got "b"'],
    ['an unknown operation', patch([{ op: 'swap', path: '/data/a' }], { kind: 'ConfigMap' }), 'expected add, remove, replace, copy, move or test, got "swap"'],
    ['an unknown directive', patch({ apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'config' }, data: { $retainKeys: ['a'] } }), 'got $retainKeys: ["a"]'],
    ['a patch that is no YAML', { patches: [{ patch: '{' }] }, 'expected YAML'],
  ])('refuses %s', (_, kustomization, message) => {
    expect(() => build(kustomization)).toThrow(message);
  });

  it('refuses a patch of a port that doesn\'t say the protocol as the manifest does: kustomize drops it silently', () => {
    const named = patch({ ...ports, spec: { template: { spec: { containers: [{ name: 'server', ports: [{ containerPort: 80, name: 'http' }] }] } } } });
    expect(() => build(named, [ports])).toThrow('expected a patch that says protocol of containerPort 80 as the manifest does (TCP), got undefined');
  });

  it('reads a list as its items, and leaves out documents with comments alone', () => {
    expect(objectsInYaml('# nothing\n---\napiVersion: v1\nkind: List\nitems:\n- {apiVersion: v1, kind: ConfigMap, metadata: {name: a}}\n---\n\n', 'x')).toEqual([{ apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'a' } }]);
    expect(() => objectsInYaml('a: b\n---\n- 1\n', 'x')).toThrow(/x \(document 1\): expected a Kubernetes object[^]*x \(document 2\): expected a Kubernetes object/);
  });
});
