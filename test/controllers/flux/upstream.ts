import { fluxInstall } from '../../../lib/controllers/flux/install/install.ts';
import type { KubeObject } from '../../../lib/manifests/rendered.ts';
import { kustomization } from '../../../lib/manifests/kustomization.ts';
import { buildFolder } from '../../../lib/manifests/kustomize/build.ts';
import { objectFileName } from '../../../lib/manifests/layout.ts';
import { flux, type FluxOptions } from '../../../lib/model/flux-options.ts';
import type { Hosted } from '../../../lib/controllers/controller.ts';
import { hostedAfter } from '../hosted.ts';

/** Upstream's controllers with the custom resources that each brings and the arguments that each has. */
const controllers: Readonly<Record<string, { readonly definitions: readonly string[]; readonly services?: readonly string[] }>> = {
  'helm-controller': { definitions: ['helmreleases.helm'] },
  'image-automation-controller': { definitions: ['imageupdateautomations.image'] },
  'image-reflector-controller': { definitions: ['imagepolicies.image', 'imagerepositories.image'] },
  'kustomize-controller': { definitions: ['kustomizations.kustomize'] },
  'notification-controller': { definitions: ['alerts.notification', 'providers.notification', 'receivers.notification'], services: ['notification-controller', 'webhook-receiver'] },
  'source-controller': { definitions: ['buckets.source', 'gitrepositories.source'], services: ['source-controller'] },
  'source-watcher': { definitions: ['artifactgenerators.source.extensions'] },
};

/** The bones of Flux's release manifest: what it is made of, under the names and labels of the tagged sources. */
const bones: readonly KubeObject[] = [
  { apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'flux-system', labels: { 'pod-security.kubernetes.io/warn': 'restricted' } } },
  ...Object.entries(controllers).flatMap(([name, { definitions, services = [] }]): KubeObject[] => {
    const labels = { 'app.kubernetes.io/component': name, 'app.kubernetes.io/part-of': 'flux' };
    const metadata = { name, namespace: 'flux-system', labels };
    return [
      ...definitions.map((definition) => ({ apiVersion: 'apiextensions.k8s.io/v1', kind: 'CustomResourceDefinition', metadata: { name: `${definition}.toolkit.fluxcd.io`, labels } })),
      { apiVersion: 'v1', kind: 'ServiceAccount', metadata },
      ...services.map((service) => ({ apiVersion: 'v1', kind: 'Service', metadata: { ...metadata, name: service } })),
      {
        apiVersion: 'apps/v1',
        kind: 'Deployment',
        metadata,
        spec: { replicas: 1, template: { spec: { containers: [{ name: 'manager', image: `ghcr.io/fluxcd/${name}:v1.0.0`, args: ['--events-addr=http://notification-controller', '--enable-leader-election'], resources: { limits: { cpu: '1000m', memory: '1Gi' }, requests: { cpu: '100m', memory: '64Mi' } } }] } } },
      },
    ];
  }),
  ...['allow-egress', 'allow-scraping', 'allow-webhooks'].map((name) => ({ apiVersion: 'networking.k8s.io/v1', kind: 'NetworkPolicy', metadata: { name, namespace: 'flux-system' } })),
];

/** What a controller of Flux on cluster `prod-eu` gets. */
export function hostedWith(options: FluxOptions = {}, edit: Parameters<typeof hostedAfter>[1] = () => undefined): Hosted {
  return hostedAfter('prod-eu', (drafted) => {
    for (const cluster of Object.values(drafted.clusters)) {
      delete cluster['managedBy'];
      delete cluster['server'];
    }
    Object.assign(drafted.clusters['prod-eu'] ?? {}, { controller: flux(options) });
    delete drafted.environments['prod']?.['runtimeRepo'];
    edit(drafted);
  });
}

/** What an install becomes when it is built over the bones. */
export function built(input: Hosted): readonly KubeObject[] {
  const folder = fluxInstall(input);
  const own = new Map(folder.objects.map((object) => [objectFileName(object, undefined), object]));
  const files = new Map<string, readonly KubeObject[]>([
    ['clusters/prod-eu/flux/kustomization.yaml', [kustomization(['../../../upstream/flux', ...own.keys()], folder.images, { patches: folder.patches })]],
    ...[...own].map(([name, object]): [string, readonly KubeObject[]] => [`clusters/prod-eu/flux/${name}`, [object]]),
    ['upstream/flux/kustomization.yaml', [kustomization(['install.yaml'], [])]],
    ['upstream/flux/install.yaml', bones],
  ]);
  return buildFolder('clusters/prod-eu/flux', (path) => files.get(path));
}

/** `<Kind>/<name>` of each object, sorted. */
export function namesOf(objects: readonly KubeObject[], ...kinds: string[]): string[] {
  return objects.filter(({ kind }) => kinds.length === 0 || kinds.includes(kind)).map((object) => `${object.kind}/${object.metadata?.name ?? ''}`).sort();
}

/** The only object of a kind with a name. */
export function find(objects: readonly KubeObject[], kind: string, name: string): KubeObject {
  const [found, another] = objects.filter((object) => object.kind === kind && object.metadata?.name === name);
  if (found === undefined || another !== undefined) throw new Error(`expected one ${kind} ${name} among ${namesOf(objects).join(', ')}`);
  return found;
}
