import { upstreamOf } from '../../../../lib/controllers/add-ons/folder.ts';
import { addOnVersions } from '../../../../lib/model/add-ons.ts';
import { argoCdInstallManifest, fluxInstallManifest } from '../../../../lib/control-plane/releases.ts';
import { folderOf, lockOf, type UpstreamManifest } from './upstream-manifests.ts';

/** The two clusters between which the app of the tests moves. */
export const moveClusters = ['east', 'west'] as const;
/** One of them. */
export type MoveCluster = (typeof moveClusters)[number];

/** The app that moves: its pods on each cluster where it runs, and where its objects lie. */
export const moved = { app: 'shop', pods: 3, namespace: 'shop-prod', name: 'shop-web', file: 'apps/shop.ts' } as const;

/** external-dns as it has to be for weights: of AWS, on both clusters. */
const dns = { provider: { name: 'aws' }, sources: ['gateway-httproute'] } as const;

/**
 * A fleet of one app on the first of two clusters under the same controller, both with external-dns.
 *
 * @param runtimeRepo the URL from which the clusters read
 */
export async function moveFiles(kind: 'argo-cd' | 'flux', runtimeRepo: string): Promise<Record<string, string>> {
  const factory = kind === 'argo-cd' ? 'argoCd' : 'flux';
  const options = kind === 'argo-cd' ? `{ version: '3.2.11' }` : '';
  const cluster = (name: string): string =>
    `import { defineCluster, ${factory} } from '../../lib/index.ts';\nexport default defineCluster({ name: '${name}', provider: 'existing', kubernetes: '1.35', existingDefinitions: ['externaldns.k8s.io', 'gateway.networking.k8s.io'], controller: ${factory}(${options}) });\n`;
  return {
    ...Object.fromEntries(moveClusters.map((name) => [`environments/clusters/${name}.ts`, cluster(name)])),
    'environments/prod.ts': `import { addOn, defineEnvironment } from '../lib/index.ts';\n${moveClusters.map((name) => `import ${name} from './clusters/${name}.ts';\n`).join('')}export default defineEnvironment({ name: 'prod', clusters: [${moveClusters.join(', ')}], registry: 'ghcr.io/acme', domain: 'acme.example', images: { digests: 'optional' }, addOns: [addOn('external-dns', { values: ${JSON.stringify(dns)} })] });\n`,
    'environments/index.ts': `import { defineFleet } from '../lib/index.ts';\nimport prod from './prod.ts';\nexport default defineFleet({ environments: [prod], runtimeRepo: { url: '${runtimeRepo}' } });\n`,
    'environments/images/prod/kustomization.yaml': `images:\n  - name: ${moved.app}\n    newName: ghcr.io/acme/${moved.app}\n    newTag: v1\n`,
    'environments/upstream.lock.yaml': lockOf(await manifests()),
    [moved.file]: movedApp,
  };
}

/** The app's file, with a line for each of the two things that a move edits. */
const movedApp = `import { defineApp, gunicorn, httpRoute, PythonApp, weightedDns } from '../lib/index.ts';

export default defineApp('${moved.app}', {
  team: 'shop',
  source: 'https://github.com/acme/shop',
  environments: ['prod'],
  clusters: { prod: ['${moveClusters[0]}'] },
  build(chart, { images, selectCluster }) {
    new PythonApp(chart, 'web', {
      image: images.main,
      server: gunicorn('shop.main:app'),
      port: 8000,
      replicas: ${moved.pods},
      expose: httpRoute({
        host: 'shop',
        annotations: {},
      }),
    });
  },
});
`;

/** Does one edit of a move's step in the text of the app's file, as a person does: the line with the same key gets the new value. */
export function edited(text: string, edit: string): string {
  const line = edit === 'take weightedDns out of the route\'s annotations' ? 'annotations: {}' : edit;
  const key = /^\w+: /.exec(line)?.[0];
  if (key === undefined) throw new Error(`expected an edit such as \`clusters: …\`, got ${edit}`);
  const lines = text.split('\n');
  const index = lines.findIndex((each) => each.trimStart().startsWith(key));
  if (index === -1) throw new Error(`expected a line with ${key} in the app's file, for the edit ${edit}`);
  return lines.with(index, `${/^ */.exec(lines[index] ?? '')?.[0] ?? ''}${line},`).join('\n');
}

async function manifests(): Promise<UpstreamManifest[]> {
  const { name, version } = upstreamOf({ name: 'external-dns', version: addOnVersions['external-dns'], values: dns });
  return [
    { name: 'argo-cd', version: '3.2.11', text: await argoCdInstallManifest('3.2.11') },
    { name: 'flux', version: '2.9.4', text: await fluxInstallManifest() },
    { name, version, text: JSON.stringify(externalDns, undefined, 2), file: 'rendered.yaml' },
  ];
}

/** In place of external-dns' chart, which no registry of this suite has: its Deployment, played like every other. */
const externalDns = {
  apiVersion: 'apps/v1',
  kind: 'Deployment',
  metadata: { name: 'external-dns', namespace: 'external-dns' },
  spec: {
    selector: { matchLabels: { app: 'external-dns' } },
    template: {
      metadata: { labels: { app: 'external-dns' } },
      spec: {
        securityContext: { runAsNonRoot: true, seccompProfile: { type: 'RuntimeDefault' } },
        containers: [{ name: 'external-dns', image: 'registry.invalid/external-dns:v0', args: ['--provider=aws'], securityContext: { allowPrivilegeEscalation: false, capabilities: { drop: ['ALL'] } } }],
      },
    },
  },
};

/** A folder of the upstream manifests that this fleet uses, as `slipway vendor --from` reads one. */
export async function moveUpstream(): Promise<string> {
  return folderOf(await manifests());
}
