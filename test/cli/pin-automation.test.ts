import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { markAutomated, markHeld, remark, type PinsAutomation } from '../../lib/cli/pin-automation.ts';
import { root } from '../source-files.ts';

const text = '# ours\nimages:\n  - name: web\n    newTag: v1\n';
const marked = '# ours\nimages:\n  - name: web\n    newTag: v1 # {"$imagepolicy": "flux-system:dev-web:tag"}\n';
const pins = (writer?: PinsAutomation['writer'], excluded: readonly string[] = []): PinsAutomation => ({ path: 'pins.yaml', environment: 'dev', excluded: new Set(excluded), ...(writer !== undefined && { writer }) });

describe('leaving an image to automation', () => {
  it('sets Flux\'s markers, and none where Argo CD Image Updater writes', () => {
    expect(markAutomated(text, 'web', pins('flux'))).toBe(marked);
    expect(markAutomated(marked, 'web', pins('argo-cd'))).toBe(text);
  });

  it('ends a hold under both', () => {
    for (const writer of ['argo-cd', 'flux'] as const) expect(markAutomated(markHeld(text, 'web', 'bad', pins(writer)), 'web', pins(writer))).not.toContain('slipway:hold');
  });

  it('is refused where nothing would write it', () => {
    expect(() => markAutomated(text, 'web', pins())).toThrow(/expected an environment with image automation, got dev, which has none/);
    expect(() => markAutomated(text, 'web', pins('flux', ['web']))).toThrow(/got "web", which it excludes/);
  });

  it('marks a digest that a pin brings, of an image that has markers', () => {
    const digest = `sha256:${'a'.repeat(64)}`;
    const pinned = `${marked}    digest: ${digest}\n`;
    expect(remark(pinned, 'web', pins('flux'))).toBe(`${marked}    digest: ${digest} # {"$imagepolicy": "flux-system:dev-web:digest"}\n`);
    expect(remark(text, 'web', pins('flux'))).toBe(text);
  });
});

describe('slipway pin, with image automation,', () => {
  let project = '';

  beforeAll(() => {
    project = mkdtempSync(join(tmpdir(), 'slipway-pin-'));
    const put = (path: string, content: string): void => {
      mkdirSync(dirname(join(project, path)), { recursive: true });
      writeFileSync(join(project, path), content);
    };
    put('environments/dev.ts', `import { defineCluster, defineEnvironment, flux } from '../lib/index.ts';\nconst one = defineCluster({ name: 'one', provider: 'existing', kubernetes: '1.35', controller: flux({ imageAutomation: true }) });\nexport default defineEnvironment({ name: 'dev', clusters: [one], registry: 'ghcr.io/acme', domain: 'dev.example', images: { digests: 'optional', automation: {} } });\n`);
    put('environments/index.ts', `import { defineFleet } from '../lib/index.ts';\nimport dev from './dev.ts';\nexport default defineFleet({ environments: [dev], configRepo: { url: 'git@github.com:acme/config.git', credential: { kind: 'deploy-key' } } });\n`);
    put('environments/images/dev/kustomization.yaml', text);
    put('apps/web.ts', `import { defineApp, PythonApp, uvicorn } from '../lib/index.ts';\nexport default defineApp('web', { team: 'web', source: 'https://git.example/web', environments: ['dev'],\n  build(chart, { images }) { new PythonApp(chart, 'web', { image: images.main, server: uvicorn('web:app'), port: 8000 }); } });\n`);
    put('package.json', '{ "type": "module" }\n');
    symlinkSync(join(root, 'lib'), join(project, 'lib'));
    symlinkSync(join(root, 'node_modules'), join(project, 'node_modules'));
  });
  afterAll(() => rmSync(project, { recursive: true, force: true }));

  function pin(...args: string[]): { readonly code: number | null; readonly err: string; readonly file: string } {
    const { status, stderr } = spawnSync(process.execPath, [join(root, 'bin/slipway.js'), 'pin', ...args], { cwd: project, encoding: 'utf8' });
    return { code: status, err: stderr, file: readFileSync(join(project, 'environments/images/dev/kustomization.yaml'), 'utf8') };
  }

  it('marks, keeps the mark, holds with a reason, and changes nothing when anything is wrong', () => {
    expect(pin('dev', '--automate', 'web')).toMatchObject({ code: 0, file: marked });
    expect(pin('dev', 'web=v2').file).toBe(marked.replace('v1', 'v2'));
    expect(pin('dev', '--hold', 'web', '--reason', 'loses orders').file).toBe(`# slipway:hold web loses orders\n${text.replace('v1', 'v2')}`);
    const before = pin('dev');
    expect(before).toMatchObject({ code: 2, err: expect.stringContaining('expected <image>=<version>, --automate or --hold') as string });
    expect(pin('dev', 'web=v3', '--hold', 'wbe')).toMatchObject({ code: 2, file: before.file, err: expect.stringContaining('Did you mean "web"?') as string });
  });
});
