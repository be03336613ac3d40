import { argoCdInstallManifest, argoRolloutsInstallManifest, fluxInstallManifest } from '../../../../lib/control-plane/releases.ts';
import { clusters } from '../controllers/fleet-files.ts';
import { folderOf, lockOf, type UpstreamManifest } from '../controllers/upstream-manifests.ts';

/** A version of the app of the tests: its image and its config change together. */
export interface ShopVersion {
  readonly tag: string;
  readonly currency: string;
}

async function upstreams(): Promise<UpstreamManifest[]> {
  return [
    { name: 'argo-cd', version: '3.2.11', text: await argoCdInstallManifest('3.2.11') },
    { name: 'argo-rollouts', version: '1.10.1', text: await argoRolloutsInstallManifest() },
    { name: 'flux', version: '2.9.4', text: await fluxInstallManifest() },
  ];
}

/**
 * A fleet of one app with a canary, on a cluster under Argo CD and one under Flux, with Argo Rollouts as its add-on.
 *
 * @param runtimeRepo the URL from which the clusters read
 */
export async function shopFiles(runtimeRepo: string): Promise<Record<string, string>> {
  const cluster = (name: string, factory: string, controller: string): string =>
    `import { defineCluster, ${factory} } from '../../lib/index.ts';\nexport default defineCluster({ name: '${name}', provider: 'existing', kubernetes: '1.35', controller: ${controller} });\n`;
  return {
    'environments/clusters/blue.ts': cluster(clusters['argo-cd'], 'argoCd', `argoCd({ version: '3.2.11' })`),
    'environments/clusters/green.ts': cluster(clusters.flux, 'flux', 'flux()'),
    'environments/prod.ts': `import { defineEnvironment } from '../lib/index.ts';\nimport blue from './clusters/blue.ts';\nimport green from './clusters/green.ts';\nexport default defineEnvironment({ name: 'prod', clusters: [blue, green], registry: 'ghcr.io/acme', domain: 'acme.example', images: { digests: 'optional' }, addOns: ['argo-rollouts'] });\n`,
    'environments/index.ts': `import { defineFleet } from '../lib/index.ts';\nimport prod from './prod.ts';\nexport default defineFleet({ environments: [prod], runtimeRepo: { url: '${runtimeRepo}' } });\n`,
    'environments/upstream.lock.yaml': lockOf(await upstreams()),
    ...shopAt({ tag: 'v1', currency: 'EUR' }),
  };
}

/** The app at a version: a quarter of its pods, a check of its health, half of them, and then a person goes on. */
export function shopAt({ tag, currency }: ShopVersion): Record<string, string> {
  return {
    'apps/shop.ts': `import { analyse, canary, defineApp, gunicorn, httpCheck, pause, PythonApp, weight } from '../lib/index.ts';

export default defineApp('shop', {
  team: 'shop',
  source: 'https://github.com/acme/shop',
  environments: ['prod'],
  build(chart, { images }) {
    new PythonApp(chart, 'web', {
      image: images.main,
      server: gunicorn('shop.main:app'),
      port: 8000,
      replicas: 4,
      config: { CURRENCY: '${currency}' },
      rollout: canary({
        steps: [weight(25), analyse(httpCheck('/health', { interval: '3s', count: 2, jsonPath: '{$.status}', successCondition: 'result == "ok"' })), weight(50), pause()],
      }),
    });
  },
});
`,
    'environments/images/prod/kustomization.yaml': `images:\n  - name: shop\n    newName: ghcr.io/acme/shop\n    newTag: ${tag}\n`,
  };
}

/** A folder of the upstream manifests that this fleet uses, as `slipway vendor --from` reads one. */
export async function shopUpstream(): Promise<string> {
  return folderOf(await upstreams());
}
