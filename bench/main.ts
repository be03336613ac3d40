// npm run bench: Slipway beside its peers doing the same work, in one run. Trust the ratios: machines differ.
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { renderFleet } from '../lib/synth/render.ts';
import { clusterFleet } from './cluster-fleet.ts';
import { benchFleet } from './fleet.ts';
import { helmPeer, kustomizePeer, type Peer } from './peers.ts';
import { rolloutProject } from './rollout-project.ts';
import type { Folder } from './variants.ts';

interface Cost {
  readonly seconds: number;
  /** Seconds of processor time. @default - not known */
  readonly cpu?: number | undefined;
  /** Peak memory in MiB. @default - not known */
  readonly memory?: number | undefined;
}

const apps = Number(process.env['BENCH_APPS'] ?? 300);
const clusters = Number(process.env['BENCH_CLUSTERS'] ?? 1000);
const runs = Number(process.env['BENCH_RUNS'] ?? 3);
const scratch = mkdtempSync(join(tmpdir(), 'slipway-bench-'));
const child = fileURLToPath(new URL('child.ts', import.meta.url));

function foldersOf(count: number): Folder[] {
  return [...renderFleet(benchFleet(count), {}, [])].filter((unit) => unit.app !== undefined)
    .map((unit) => ({ path: unit.id, objects: unit.files.flatMap((file) => file.objects.map((object) => object.value)).filter((object) => object.kind !== 'Kustomization') }));
}

function objectsFile(count: number): string {
  const path = join(scratch, `objects-${count}.json`);
  writeFileSync(path, JSON.stringify(foldersOf(count)));
  return path;
}

/** One run in a fresh process. */
function once(variant: string, count: number, out: string, objects: string): Cost {
  const start = performance.now();
  const result = spawnSync(process.execPath, ['--import', 'tsx', child, variant, String(count), out, objects], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'inherit'] });
  if (result.status !== 0) throw new Error(`${variant} ended with ${result.status}`);
  return { seconds: (performance.now() - start) / 1000, ...JSON.parse(result.stdout) as { cpu: number; memory: number } };
}

/** The median of several runs, each in a fresh process and folder. */
function measure(variant: string, count: number, objects: string, times = runs): Cost {
  const costs = Array.from({ length: times }, (): Cost => {
    const out = join(scratch, `${variant}-${count}`);
    rmSync(out, { recursive: true, force: true });
    return once(variant, count, out, objects);
  });
  return costs.sort((a, b) => a.seconds - b.seconds)[Math.floor(costs.length / 2)] ?? { seconds: Number.NaN };
}

function row(name: string, cost: Cost | string, own: Cost): string {
  if (typeof cost === 'string') return `${name.padEnd(34)} ${cost}`;
  const number = (value: number | undefined, digits: number): string => (value === undefined ? '-' : value.toFixed(digits)).padStart(8);
  return `${name.padEnd(34)} ${number(cost.seconds, 2)} ${number(cost.cpu, 2)} ${number(cost.memory, 0)} ${`${(cost.seconds / own.seconds).toFixed(2)}x`.padStart(8)}`;
}

/** A thousand clusters with fifty apps each: what a full render costs, what a change of one app, and what cdk8s takes for the tracking objects alone. */
function manyClusters(): void {
  const steps = [clusters / 10, clusters / 2, clusters].map(Math.round);
  console.log(`\n${clusters} clusters x 50 apps under Argo CD; one run each\n${''.padEnd(34)} ${'seconds'.padStart(8)} ${'cpu s'.padStart(8)} ${'MiB'.padStart(8)} ${'files'.padStart(8)} ${'MB'.padStart(8)}`);
  const line = (name: string, cost: Cost, out: string): void => {
    const found = sizesOf(out);
    console.log(`${name.padEnd(34)} ${cost.seconds.toFixed(2).padStart(8)} ${(cost.cpu ?? 0).toFixed(2).padStart(8)} ${(cost.memory ?? 0).toFixed(0).padStart(8)} ${String(found.files).padStart(8)} ${(found.bytes / 1e6).toFixed(1).padStart(8)}`);
  };
  for (const step of steps) {
    const out = join(scratch, `clusters-${step}`);
    line(`${step} clusters, full render`, once('clusters', step, out, ''), out);
    line(`${step} clusters, one app changed`, once('clusters-one-app', step, out, ''), out);
    if (step === clusters) {
      const objects = join(scratch, 'tracking.json');
      writeFileSync(objects, JSON.stringify(trackingFolders(step)));
      const peer = join(scratch, 'tracking-cdk8s');
      line('cdk8s, the Applications alone', once('cdk8s-app-per-chart', step, peer, objects), peer);
    }
    rmSync(out, { recursive: true, force: true });
  }
}

/** A canary of half an hour, played once and many times: the whole of `slipway rollout simulate`, start and render included. */
function simulations(): void {
  const project = join(scratch, 'rollout');
  mkdirSync(project);
  rolloutProject(project);
  console.log(`\nrollout simulate: a canary of 31 minutes, 48 measurements; each trace once healthy and once with a fault\n${''.padEnd(34)} ${'seconds'.padStart(8)} ${'cpu s'.padStart(8)} ${'MiB'.padStart(8)}`);
  for (const traces of [0, 1000, 10_000]) {
    const cost = once('simulate', traces, project, '');
    console.log(`${`${traces === 0 ? 'one run' : `${traces} traces`}`.padEnd(34)} ${cost.seconds.toFixed(2).padStart(8)} ${(cost.cpu ?? 0).toFixed(2).padStart(8)} ${(cost.memory ?? 0).toFixed(0).padStart(8)}`);
  }
}

/** The Applications of every cluster, for a peer that makes nothing else. */
function trackingFolders(count: number): Folder[] {
  return [...renderFleet(clusterFleet({ clusters: count, apps: 50, controller: 'argo-cd' }), {}, [])].filter((unit) => unit.environment !== undefined && unit.app === undefined)
    .map((unit) => ({ path: unit.id, objects: unit.files.flatMap((file) => file.objects.map((object) => object.value)).filter((object) => object.kind === 'Application') }));
}

function sizesOf(folder: string): { readonly files: number; readonly bytes: number } {
  const files = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  return { files: files.length, bytes: files.reduce((sum, entry) => sum + statSync(join(entry.parentPath, entry.name)).size, 0) };
}

try {
  const objects = objectsFile(apps);
  const folders = foldersOf(apps);
  const count = folders.reduce((sum, folder) => sum + folder.objects.length, 0);
  console.log(`${apps} apps x 3 environments = ${folders.length} folders, ${count} objects; Node ${process.versions.node}; median of ${runs} runs, whole processes`);
  const own = measure('slipway', apps, objects);
  console.log(`\n${''.padEnd(34)} ${'seconds'.padStart(8)} ${'cpu s'.padStart(8)} ${'MiB'.padStart(8)} ${'ratio'.padStart(8)}`);
  console.log(row('slipway (validates too)', own, own));
  console.log(row('slipway without validation', measure('slipway-unvalidated', apps, objects), own));
  console.log(row('cdk8s, one App', measure('cdk8s', apps, objects, 1), own));
  console.log(row('cdk8s by hand: an App per chart', measure('cdk8s-app-per-chart', apps, objects), own));
  const rendered = join(scratch, `slipway-${apps}`);
  for (const peer of [kustomizePeer, helmPeer] satisfies Peer[]) console.log(row(peer.name, peer.run(rendered, folders, scratch), own));
  console.log(row('floor: YAML text and files', measure('floor', apps, objects), own));

  console.log('\ngrowth in apps (linear: seconds per app over the start stay the same)');
  const steps = [0, apps / 4, apps / 2, apps].map(Math.round);
  const costs = steps.map((step) => ({ step, cost: measure('slipway', Math.max(step, 1), objects) }));
  const start = costs[0]?.cost.seconds ?? 0;
  for (const { step, cost } of costs.slice(1)) console.log(`${String(step).padStart(6)} apps  ${cost.seconds.toFixed(2)} s  ${(((cost.seconds - start) / step) * 1000).toFixed(2)} ms per app  ${(cost.memory ?? 0).toFixed(0)} MiB`);
  manyClusters();
  simulations();
  console.log(`\n${readdirSync(rendered).length} folders at the top of the render; everything measured was really written`);
} finally {
  rmSync(scratch, { recursive: true, force: true });
}
