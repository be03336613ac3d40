import { spawnSync } from 'node:child_process';
import { chmodSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { quoted, rebuildScript } from '../../lib/cli/rebuild-script.ts';
import { describeRebuild, rebuildData } from '../../lib/cli/rebuild-text.ts';
import { fileText } from '../../lib/manifests/text.ts';
import { objectsInYaml } from '../../lib/manifests/yaml-documents.ts';
import { toYaml } from '../../lib/manifests/yaml.ts';
import { bootstrap, type ApplyPhase, type Bootstrap } from '../../lib/synth/bootstrap.ts';
import { renderedRepo } from '../synth/bootstrap-fleet.ts';

const credential = { kind: 'deploy-key' } as const;
const rendered = renderedRepo([], (draft) => {
  draft.fleet['runtimeRepo'] = { url: 'git@git.example:acme/runtime.git', credential };
  (draft.clusters['staging'] ?? {})['existingSecrets'] = { 'storefront-staging': ['by-hand'] };
});
let folder: string;
let source: { url: string; branch: string; path: string; commit: string };

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'slipway-rebuild-'));
  const repo = join(folder, 'runtime');
  for (const file of rendered.files) {
    mkdirSync(dirname(join(repo, file.path)), { recursive: true });
    writeFileSync(join(repo, file.path), fileText(file));
  }
  for (const args of [['init', '-q', '-b', 'main'], ['add', '-A'], ['-c', 'user.name=A', '-c', 'user.email=a@example.invalid', 'commit', '-qm', 'Publish']]) spawnSync('git', args, { cwd: repo });
  source = { url: repo, branch: 'main', path: '', commit: 'c'.repeat(40) };
  // Stands in for kubectl: notes what it is asked, keeps what is applied, has the Secrets that a file lists, and builds nothing itself.
  writeFileSync(join(folder, 'kubectl'), `#!/bin/sh
echo "$*" >> "${folder}/asked"
case "$*" in
  kustomize*) cat "${folder}/install.yaml" ;;
  *"apply"*"-f -") { echo "---"; cat; } >> "${folder}/applied.yaml" ;;
  *"apply"*"-f "*) for last; do :; done; { echo "---"; cat "$last"; } >> "${folder}/applied.yaml" ;;
  *"get --namespace"*) grep -qx "$5 $7" "${folder}/secrets" ;;
esac
`);
  chmodSync(join(folder, 'kubectl'), 0o755);
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function of(name: string): Bootstrap {
  return bootstrap(rendered.cluster(name), rendered.source, { url: 'git@git.example:acme/runtime.git', branch: 'main', path: '', credential });
}

/** Runs the script of a cluster with the stand-in; `secrets` are those that are there. */
function run(phases: Bootstrap, secrets: readonly string[], args = ['there']): { readonly code: number | null; readonly out: string; readonly err: string; readonly asked: string[]; readonly applied: string } {
  for (const file of ['asked', 'applied.yaml', 'secrets']) writeFileSync(join(folder, file), '');
  writeFileSync(join(folder, 'secrets'), secrets.map((each) => `${each}\n`).join(''));
  const install = phases.phases.filter((phase): phase is ApplyPhase => phase.kind === 'apply' && phase.name !== 'root').flatMap((phase) => phase.objects);
  writeFileSync(join(folder, 'install.yaml'), [...install].reverse().map((object) => toYaml(object)).join('---\n'));
  const { status, stdout, stderr } = spawnSync('sh', ['-s', '--', ...args], { input: rebuildScript(phases, source), encoding: 'utf8', env: { ...process.env, PATH: `${folder}:${process.env['PATH'] ?? ''}` } });
  const read = (file: string): string => (existsSync(join(folder, file)) ? readFileSync(join(folder, file), 'utf8') : '');
  return { code: status, out: stdout, err: stderr, asked: read('asked').split('\n').filter((line) => line !== ''), applied: read('applied.yaml') };
}

describe.each([['staging', 'argocd runtime-repo', 'argocd-controller'], ['dev', 'flux-system flux-system', 'kustomize-controller']])('the script that rebuilds %s', (name, credentialOf, manager) => {
  it('applies exactly the objects of the bootstrap, in its order, to the context that it is told', () => {
    const phases = of(name);
    const { code, err, asked, applied } = run(phases, [credentialOf, 'storefront-staging by-hand']);
    expect({ code, err }).toEqual({ code: 0, err: '' });
    const identities = (objects: readonly { readonly kind: string; readonly metadata?: { readonly name?: string } }[]): string[] => objects.map(({ kind, metadata }) => `${kind}/${metadata?.name ?? ''}`);
    const groups = phases.phases.flatMap((phase) => (phase.kind === 'apply' ? [identities(phase.objects).sort()] : []));
    const got = identities(objectsInYaml(applied, 'applied'));
    let at = 0;
    for (const group of groups) {
      expect(got.slice(at, at + group.length).sort()).toEqual(group);
      at += group.length;
    }
    expect(got).toHaveLength(at);
    expect(asked.filter((line) => !line.startsWith('kustomize')).every((line) => line.startsWith('--context there '))).toBe(true);
    expect(asked.filter((line) => line.includes(' apply ')).every((line) => line.includes(`apply --server-side --field-manager=${manager} -f`))).toBe(true);
  });

  it('stops before the install when the credential is missing, and says how it is brought', () => {
    const { code, err, applied } = run(of(name), []);
    expect(code).toBe(1);
    expect(err).toContain(`Bring these Secrets, then run this again:\n  ${credentialOf.replace(' ', '/')}: a new SSH key pair for this cluster`);
    expect(applied).not.toContain('kind: Deployment');
  });
});

describe('the script that rebuilds a cluster', () => {
  it('names what is still to bring for apps, and ends well', () => {
    expect(run(of('staging'), ['argocd runtime-repo'])).toMatchObject({ code: 0, out: expect.stringContaining('storefront-staging/by-hand: from where the team keeps it') as string });
  });

  it('wants to know the context', () => {
    expect(run(of('staging'), [], [])).toMatchObject({ code: 2, err: expect.stringContaining('CONTEXT') as string, applied: '' });
  });

  it('quotes whatever a name holds', () => {
    for (const text of ['plain/path-1.yaml', 'a b', 'it\'s', '$(id)', '`id`', '"', '\\', '']) {
      expect(spawnSync('sh', ['-c', `printf %s ${quoted(text)}`], { encoding: 'utf8' }).stdout).toBe(text);
    }
  });
});

describe('what rebuild prints', () => {
  it('has the phases with their Secrets for a person, and no object\'s content', () => {
    const text = describeRebuild(of('staging'), source);
    expect(text).toMatch(/1\. namespaces and definitions[^]*2\. Secrets[^]*argocd\/runtime-repo \(sshPrivateKey, type, url\)[^]*3\. the rest[^]*4\. what the controller follows[^]*apply clusters\/staging\/application-root\.yaml[^]*5\. Secrets[^]*storefront-staging\/by-hand/);
  });

  it('has every object by what identifies it for other programs', () => {
    const data = JSON.parse(JSON.stringify(rebuildData(of('dev'), source))) as { readonly phases: readonly { readonly objects?: readonly unknown[] }[]; readonly source: unknown };
    expect(data.source).toEqual(source);
    expect(data.phases.map(({ objects }) => objects?.length)).toEqual(of('dev').phases.map((phase) => (phase.kind === 'apply' ? phase.objects.length : undefined)));
    expect(data.phases[0]?.objects?.[0]).toEqual({ apiVersion: 'v1', kind: 'Namespace', name: 'flux-system' });
  });
});
