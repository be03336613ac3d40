import { argoCdInstallManifest } from '../../../../lib/control-plane/releases.ts';
import { argoCdVersions, pins, sample } from './fleet-files.ts';
import { folderOf, lockOf, type UpstreamManifest } from './upstream-manifests.ts';

/** The hub of the tests, and the cluster to which its Argo CD delivers. */
export const hubClusters = { hub: 'harbour', member: 'pier' } as const;

/** The app that both clusters run. */
export const hubApp = 'hello-tornado';

/** An app of another team that the member alone runs. */
export const visitor = { name: 'visitor', file: 'apps/visitor.ts' } as const;

/** Its file. */
export const memberApp: Readonly<Record<string, string>> = { [visitor.file]: `import { clusterIp, defineApp, PythonApp, tornado } from '../lib/index.ts';

export default defineApp('${visitor.name}', {
  team: 'edge',
  source: 'https://github.com/acme/visitor',
  images: { main: 'flask-api' },
  environments: ['prod'],
  clusters: { prod: ['${hubClusters.member}'] },
  build(chart, { images }) {
    new PythonApp(chart, '${visitor.name}', { image: images.main, server: tornado('visitor'), port: 8888, health: '/healthz', replicas: 1, service: clusterIp({ port: 8888 }) });
  },
});
` };

const imports = (names: string): string => `import { ${names} } from '../../lib/index.ts';\n`;
const facts = `provider: 'existing', kubernetes: '1.35', existingDefinitions: ['monitoring.coreos.com']`;

/**
 * A fleet of one app on a hub and its member.
 *
 * @param runtimeRepo the URL from which the hub reads
 */
export async function hubFiles(runtimeRepo: string): Promise<Record<string, string>> {
  const { hub, member } = hubClusters;
  return {
    ...hubDefinition(),
    ...memberDefinition(),
    ...memberApp,
    'environments/prod.ts': `import { defineEnvironment } from '../lib/index.ts';\nimport ${hub} from './clusters/${hub}.ts';\nimport ${member} from './clusters/${member}.ts';\nexport default defineEnvironment({ name: 'prod', clusters: [${hub}, ${member}], registry: 'ghcr.io/acme', domain: 'acme.example', images: { digests: 'optional' } });\n`,
    'environments/index.ts': `import { defineFleet } from '../lib/index.ts';\nimport prod from './prod.ts';\nexport default defineFleet({ environments: [prod], runtimeRepo: { url: '${runtimeRepo}' } });\n`,
    'environments/images/prod/kustomization.yaml': pins(),
    'environments/upstream.lock.yaml': lockOf(await manifests()),
    [`apps/${hubApp}.ts`]: await sample(hubApp, ['prod']),
  };
}

/** The hub's file. */
export function hubDefinition(more = ''): Record<string, string> {
  return { [`environments/clusters/${hubClusters.hub}.ts`]: `${imports('argoCd, defineCluster')}export default defineCluster({ name: '${hubClusters.hub}', ${facts}, controller: argoCd({ version: '${argoCdVersions.next}'${more} }) });\n` };
}

/** The member's file. */
export function memberDefinition(more = ''): Record<string, string> {
  return { [`environments/clusters/${hubClusters.member}.ts`]: `${imports('argoCd, defineCluster')}export default defineCluster({ name: '${hubClusters.member}', ${facts}, labels: { tier: 'edge' }, controller: argoCd(), managedBy: '${hubClusters.hub}'${more} });\n` };
}

async function manifests(): Promise<UpstreamManifest[]> {
  return [{ name: 'argo-cd', version: argoCdVersions.next, text: await argoCdInstallManifest(argoCdVersions.next) }];
}

/** A folder of the upstream manifests that this fleet uses, as `slipway vendor --from` reads one. */
export async function hubUpstream(): Promise<string> {
  return folderOf(await manifests());
}
