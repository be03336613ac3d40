import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { root } from '../../source-files.ts';

// The main of Pulumi.yaml as Pulumi starts it, in a process of its own, in the folder of a fleet; the engine alone is a mock.

/** A fleet of one app, one cluster and one delivery. */
const files: Readonly<Record<string, string>> = {
  'Pulumi.yaml': 'name: slipway\n',
  'package.json': '{ "type": "module" }\n',
  'environments/clusters/one.ts': `import { defineCluster, flux } from '../../lib/index.ts';\nexport default defineCluster({ name: 'one', provider: 'existing', kubernetes: '1.35', controller: flux() });\n`,
  'environments/delivery/images.ts': `import { defineDelivery, digitalOceanCloud, imageRepository } from '../../lib/index.ts';\nexport default defineDelivery({ name: 'images', cloud: digitalOceanCloud({ registry: 'acme' }), apps: { web: { images: imageRepository() } } });\n`,
  'environments/dev.ts': `import { defineEnvironment } from '../lib/index.ts';\nimport one from './clusters/one.ts';\nexport default defineEnvironment({ name: 'dev', clusters: [one], registry: 'registry.digitalocean.com/acme', domain: 'dev.example', images: { digests: 'optional' } });\n`,
  'environments/index.ts': `import { defineFleet } from '../lib/index.ts';\nimport images from './delivery/images.ts';\nimport dev from './dev.ts';\nexport default defineFleet({ environments: [dev], delivery: [images] });\n`,
  'environments/images/dev/kustomization.yaml': 'images:\n  - name: web\n    newName: registry.digitalocean.com/acme/shop/web\n    newTag: v1\n',
  'apps/web.ts': `import { defineApp, PythonApp, uvicorn } from '../lib/index.ts';\nexport default defineApp('web', { team: 'web', source: 'https://git.example/acme/web', environments: ['dev'],\n  build(chart, { images }) { new PythonApp(chart, 'web', { image: images.main, server: uvicorn('web:app'), port: 8000 }); } });\n`,
};

/** Runs the program for some stacks, one after the other: what each registers and gives, or the message by which it ends. */
const script = `
  const pulumi = (await import('@pulumi/pulumi')).default;
  const program = (await import('./lib/clusters/program.ts')).default;
  const told = {};
  for (const stack of JSON.parse(process.env['STACKS'])) {
    const types = [];
    await pulumi.runtime.setMocks({ newResource: ({ type, name, inputs }) => { types.push(type); return { id: name, state: { ...inputs, endpoint: 'registry.digitalocean.com/' + inputs.name } }; }, call: () => ({}) }, 'slipway', stack, false);
    try {
      const { repositories } = await program();
      told[stack] = { types, repositories: await pulumi.output(repositories).promise() };
    } catch (error) {
      told[stack] = { made: types, type: error.constructor.name, message: error.message };
    }
  }
  const { createRequire } = await import('node:module');
  told.packages = [...new Set(Object.keys(createRequire(import.meta.url).cache).flatMap((path) => /@pulumi\\/(alicloud|aws|digitalocean)\\//.exec(path)?.[1] ?? []))];
  console.log(JSON.stringify(told));
`;

let folder: string;

function runStacks(...stacks: readonly string[]): unknown {
  const { stdout, stderr, status } = spawnSync(process.execPath, ['--import', 'tsx', '--input-type=module', '-e', script], { cwd: folder, encoding: 'utf8', env: { ...process.env, STACKS: JSON.stringify(stacks) } });
  expect([status, stderr]).toEqual([0, '']);
  return JSON.parse(stdout);
}

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'slipway-delivery-'));
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  }
  for (const name of ['lib', 'node_modules']) symlinkSync(join(root, name), join(folder, name));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe('the program of Pulumi.yaml', () => {
  it('makes the delivery that its stack is named like, by its cloud\'s package alone, and refuses a stack that nothing is named like', { timeout: 120_000 }, () => {
    expect(runStacks('images', 'image')).toEqual({
      images: { types: ['slipway:delivery:DigitalOcean', 'digitalocean:index/containerRegistry:ContainerRegistry'], repositories: { web: { main: 'registry.digitalocean.com/acme/shop/web' } } },
      image: { made: [], type: 'RunError', message: 'stack image: expected a stack named like a cluster of environments/clusters/ or a delivery of environments/delivery/.\n    fix: pulumi stack select NAME, or pulumi stack init NAME. Did you mean "images"? Known: images, one.' },
      packages: ['digitalocean'],
    });
  });

  it('tells what is wrong with a delivery before anything is made', { timeout: 120_000 }, () => {
    writeFileSync(join(folder, 'environments/delivery/images.ts'), files['environments/delivery/images.ts']!.replace('imageRepository()', 'imageRepository({ scan: true })').replace('web:', 'wbe: {}, web:'));
    expect(runStacks('images')).toEqual({
      images: {
        made: [],
        type: 'RunError',
        message: [
          'environments/delivery/images.ts: apps.wbe: expected an app of the fleet, got "wbe".', '    fix: name one. Did you mean "web"? Known: web.',
          'environments/delivery/images.ts: apps.web.images.scan: expected nothing of this with digitalOceanCloud(): DigitalOcean\'s registry doesn\'t look into images', '    fix: leave it out; scan in the pipeline',
        ].join('\n'),
      },
      packages: [],
    });
  });
});
