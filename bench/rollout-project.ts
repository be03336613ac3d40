import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const app = `import { defineApp, Manifest } from '../lib/index.ts';
const metric = (name, successCondition) => ({ name, interval: '1m', count: 12, failureLimit: 2, successCondition, provider: { prometheus: { address: 'http://prometheus:9090', query: 'x' } } });
const template = { apiVersion: 'argoproj.io/v1alpha1', kind: 'AnalysisTemplate', metadata: { name: 'checks' }, spec: { metrics: [metric('success-rate', 'len(result) > 0 && result[0] >= 0.99'), metric('latency', 'len(result) > 0 && result[0] < 0.5')] } };
const analysis = { templates: [{ templateName: 'checks' }] };
const steps = [{ setWeight: 20 }, { analysis }, { setWeight: 80 }, { analysis }, { pause: { duration: '6m' } }];
const rollout = { apiVersion: 'argoproj.io/v1alpha1', kind: 'Rollout', metadata: { name: 'web' }, spec: { replicas: 6, strategy: { canary: { trafficRouting: { nginx: { stableIngress: 'web' } }, steps } } } };
export default defineApp('web', { team: 'web', source: 'https://git.example/web', environments: ['dev'], build(chart) { new Manifest(chart, 'checks', template); new Manifest(chart, 'rollout', rollout); } });
`;
const cluster = `import { defineCluster, flux } from '../../lib/index.ts';
export default defineCluster({ name: 'one', provider: 'existing', kubernetes: '1.35', controller: flux() });
`;
const environment = `import { defineEnvironment } from '../lib/index.ts';
import one from './clusters/one.ts';
export default defineEnvironment({ name: 'dev', clusters: [one], registry: 'ghcr.io/acme', domain: 'dev.example', images: { digests: 'optional' } });
`;

/** Writes a project of one app with a canary of half an hour: two analyses of two metrics, and a pause. */
export function rolloutProject(folder: string): void {
  const files: Readonly<Record<string, string>> = {
    'apps/web.ts': app, 'environments/clusters/one.ts': cluster, 'environments/dev.ts': environment, 'environments/images/dev/kustomization.yaml': 'images:\n  - name: web\n    newTag: v1\n', 'package.json': '{ "type": "module" }\n',
    'environments/index.ts': 'import { defineFleet } from \'../lib/index.ts\';\nimport dev from \'./dev.ts\';\nexport default defineFleet({ environments: [dev] });\n',
  };
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  }
  for (const name of ['lib', 'node_modules']) symlinkSync(fileURLToPath(new URL(`../${name}`, import.meta.url)), join(folder, name));
}
