import { spawnSync } from 'node:child_process';
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Folder } from './variants.ts';

/** A program on PATH that does the same work, one call for each app and environment. */
export interface Peer {
  readonly name: string;
  /** What it cost, or why it couldn't be measured. */
  run(rendered: string, folders: readonly Folder[], scratch: string): { readonly seconds: number } | string;
}

function onPath(program: string): boolean {
  return spawnSync(program, ['version'], { stdio: 'ignore' }).error === undefined;
}

function timed(program: string, calls: readonly (readonly string[])[], out: string): { readonly seconds: number } {
  mkdirSync(out, { recursive: true });
  const start = performance.now();
  for (const [index, args] of calls.entries()) {
    const result = spawnSync(program, args, { encoding: 'utf8', maxBuffer: 64 << 20 });
    if (result.status !== 0) throw new Error(`${program} ${args.join(' ')} ended with ${result.status}: ${result.stderr}`);
    writeFileSync(join(out, `${index}.yaml`), result.stdout);
  }
  return { seconds: (performance.now() - start) / 1000 };
}

/** `kustomize build` of every folder that Slipway rendered. */
export const kustomizePeer: Peer = {
  name: 'kustomize build, per folder',
  run(rendered, folders, scratch) {
    if (!onPath('kustomize')) return 'not found on PATH, left out';
    return timed('kustomize', folders.map((folder) => ['build', join(rendered, folder.path)]), join(scratch, 'kustomize'));
  },
};

/** `helm template` of a chart for each app whose templates hold the same objects, with values for each environment. */
export const helmPeer: Peer = {
  name: 'helm template, per app and env',
  run(rendered, folders, scratch) {
    if (!onPath('helm')) return 'not found on PATH, left out';
    const calls = folders.map((folder) => {
      const chart = join(scratch, 'charts', folder.path.replaceAll('/', '-'));
      mkdirSync(join(chart, 'templates'), { recursive: true });
      writeFileSync(join(chart, 'Chart.yaml'), `apiVersion: v2\nname: ${folder.path.split('/').at(-1)}\nversion: 0.1.0\n`);
      writeFileSync(join(chart, 'values.yaml'), 'replicas: 2\n');
      for (const file of readdirSync(join(rendered, folder.path)).filter((name) => name.endsWith('.yaml') && name !== 'kustomization.yaml')) {
        const text = readFileSync(join(rendered, folder.path, file), 'utf8').replaceAll('{{', '{{ "{{" }}').replace(/^ {2}replicas: \d+$/m, '  replicas: {{ .Values.replicas }}');
        writeFileSync(join(chart, 'templates', file), text);
      }
      return ['template', 'release', chart, '--set', 'replicas=3'];
    });
    return timed('helm', calls, join(scratch, 'helm'));
  },
};
