import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { ApiObjectProps } from 'cdk8s';
import type { KubeObject } from '../lib/manifests/rendered.ts';

/** The objects of one folder of the render, as every variant is given them. */
export interface Folder {
  readonly path: string;
  readonly objects: readonly KubeObject[];
}

/** What a variant works on. */
export interface VariantInput {
  readonly apps: number;
  readonly out: string;
  /** JSON of all folders, made once before anything is measured. */
  readonly objects: string;
}

/** Every way of doing the same work that runs in a process of its own here. */
export const variants: Readonly<Record<string, (input: VariantInput) => Promise<void>>> = {
  /** Model, constructs, validation, YAML, files: all that `slipway synth` does after its start. */
  async slipway({ apps, out }) {
    const [{ benchFleet }, { synthesize }] = [await import('./fleet.ts'), await import('../lib/synth/synthesize.ts')];
    const code = synthesize(benchFleet(apps), { outdir: out }, () => undefined);
    if (code !== 0) throw new Error(`synth ended with ${code}`);
  },
  /** The same without validation, which none of the peers does. */
  async 'slipway-unvalidated'({ apps, out }) {
    const [{ benchFleet }, { renderFleet }, { fileText }, { writeFiles }] = [await import('./fleet.ts'), await import('../lib/synth/render.ts'), await import('../lib/manifests/text.ts'), await import('../lib/synth/write-files.ts')];
    const files = [...renderFleet(benchFleet(apps), {}, [])].flatMap((unit) => unit.files.map((file) => ({ path: file.path, text: fileText(file) })));
    writeFiles(out, files);
  },
  /** Many clusters instead of many apps: the whole tree of each, its tracking objects above all. `apps` counts clusters here. */
  async clusters({ apps: clusters, out }) {
    await manyClusters(clusters, out, '1.0.0');
  },
  /** The same into the same folder once more, after one app got another version: all is rendered and checked, what changed is written. */
  async 'clusters-one-app'({ apps: clusters, out }) {
    await manyClusters(clusters, out, '1.0.1');
  },
  /** `slipway rollout simulate` in the project that lies in the folder: loads it, renders the app, plays its rollout so many times (here `apps`) healthy and as often with a fault. */
  async simulate({ apps: runs, out }) {
    const { rolloutSimulate } = await import('../lib/cli/commands/rollout-simulate.ts');
    await rolloutSimulate({ app: 'web', environment: 'dev', fault: 'latency-step', runs, format: 'text' }, out, { print: () => undefined, say: () => undefined, redraw: () => undefined });
  },
  /** As cdk8s' documentation has it: one App, a chart for each app and environment, app.synth(). */
  async cdk8s({ out, objects }) {
    const { ApiObject, App, Chart, YamlOutputType } = await import('cdk8s');
    const app = new App({ outdir: out, yamlOutputType: YamlOutputType.FILE_PER_RESOURCE });
    for (const folder of folders(objects)) {
      const chart = new Chart(app, folder.path.replaceAll('/', '-'));
      for (const [index, object] of folder.objects.entries()) new ApiObject(chart, `o${index}`, object as ApiObjectProps);
    }
    mkdirSync(out, { recursive: true });
    app.synth();
  },
  /** cdk8s tuned by hand: an App of its own for each chart, so that nothing is resolved twice. */
  async 'cdk8s-app-per-chart'({ out, objects }) {
    const { ApiObject, App, Chart, YamlOutputType } = await import('cdk8s');
    for (const folder of folders(objects)) {
      const outdir = join(out, folder.path);
      const app = new App({ outdir, yamlOutputType: YamlOutputType.FILE_PER_RESOURCE });
      const chart = new Chart(app, 'chart');
      for (const [index, object] of folder.objects.entries()) new ApiObject(chart, `o${index}`, object as ApiObjectProps);
      mkdirSync(outdir, { recursive: true });
      app.synth();
    }
  },
  /** The floor: the objects are there already; YAML text and files alone. */
  async floor({ out, objects }) {
    const { toYaml } = await import('../lib/manifests/yaml.ts');
    for (const folder of folders(objects)) {
      for (const [index, object] of folder.objects.entries()) {
        const path = join(out, folder.path, `${object.kind.toLowerCase()}-${index}.yaml`);
        mkdirSync(dirname(path), { recursive: true });
        writeFileSync(path, toYaml(object));
      }
    }
  },
};

async function manyClusters(clusters: number, out: string, version: string): Promise<void> {
  const [{ clusterFleet }, { synthesize }] = [await import('./cluster-fleet.ts'), await import('../lib/synth/synthesize.ts')];
  const code = synthesize(clusterFleet({ clusters, apps: 50, controller: 'argo-cd', version }), { outdir: out }, () => undefined);
  if (code !== 0) throw new Error(`synth ended with ${code}`);
}

function folders(path: string): Folder[] {
  return JSON.parse(readFileSync(path, 'utf8')) as Folder[];
}
