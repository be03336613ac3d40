import { Manifest } from '../../lib/constructs/manifest.ts';
import { objectsOfFiles } from '../../lib/manifests/object-source.ts';
import type { ObjectSource } from '../../lib/manifests/kustomize/build.ts';
import { kustomization } from '../../lib/manifests/kustomization.ts';
import { layout } from '../../lib/manifests/layout.ts';
import type { KubeObject, RenderedFile, RenderedUnit } from '../../lib/manifests/rendered.ts';
import { documentsToYaml } from '../../lib/manifests/yaml.ts';
import type { Cluster } from '../../lib/model/cluster.ts';
import type { UpstreamReference } from '../../lib/model/upstream.ts';
import { renderFleet } from '../../lib/synth/render.ts';
import type { RenderProblem } from '../../lib/synth/render-problem.ts';
import type { Draft } from '../model/sources.ts';
import { fleetWith } from './fleet-with.ts';

const object = (apiVersion: string, kind: string, name: string, rest: object = {}, namespace?: string): KubeObject => ({ apiVersion, kind, metadata: { name, ...(namespace !== undefined && { namespace }) }, ...rest });
const definition = (plural: string, group: string, kind: string): KubeObject => object('apiextensions.k8s.io/v1', 'CustomResourceDefinition', `${plural}.${group}`, { spec: { group, names: { kind, plural } } });
const workload = (kind: string, name: string, namespace?: string): KubeObject => object('apps/v1', kind, name, {
  spec: { replicas: 1, selector: { matchLabels: { app: name } }, template: { metadata: { labels: { app: name } }, spec: { containers: [{ name: 'manager', image: `upstream.example/${name}:v1`, args: [], env: [] }] } } },
}, namespace);

/** The bones of what upstream publishes: definitions, accounts, settings and workloads of a controller. */
const manifests: Readonly<Record<string, readonly KubeObject[]>> = {
  'argo-cd': [
    definition('applications', 'argoproj.io', 'Application'), definition('appprojects', 'argoproj.io', 'AppProject'),
    object('v1', 'ServiceAccount', 'argocd-server'), object('v1', 'ConfigMap', 'argocd-cm'), object('v1', 'Secret', 'argocd-secret', { type: 'Opaque' }),
    object('rbac.authorization.k8s.io/v1', 'Role', 'argocd-redis', { rules: [{ apiGroups: [''], resources: ['secrets'], resourceNames: ['argocd-redis'], verbs: ['get'] }, { apiGroups: [''], resources: ['secrets'], verbs: ['create'] }] }),
    workload('Deployment', 'argocd-repo-server'), workload('Deployment', 'argocd-server'), object('networking.k8s.io/v1', 'NetworkPolicy', 'argocd-server-network-policy', { spec: { podSelector: {}, ingress: [{}] } }), object('v1', 'ConfigMap', 'argocd-cmd-params-cm'), object('v1', 'Service', 'argocd-server'), workload('StatefulSet', 'argocd-application-controller'),
    object('apps/v1', 'Deployment', 'argocd-redis', { spec: { template: { spec: { containers: [{ name: 'redis', image: 'redis:1', env: [{ name: 'PASSWORD', valueFrom: { secretKeyRef: { name: 'argocd-redis', key: 'auth' } } }] }] } } } }),
  ],
  flux: [
    object('v1', 'Namespace', 'flux-system'),
    definition('kustomizations', 'kustomize.toolkit.fluxcd.io', 'Kustomization'), definition('gitrepositories', 'source.toolkit.fluxcd.io', 'GitRepository'),
    ...['source-controller', 'kustomize-controller', 'helm-controller', 'notification-controller', 'image-reflector-controller', 'image-automation-controller'].map((name) => workload('Deployment', name, 'flux-system')),
  ],
};

function upstream(needs: readonly UpstreamReference[]): RenderedUnit[] {
  return needs.map(({ name, version }) => {
    const id = layout.upstream(name, version);
    const files: RenderedFile[] = [
      { path: layout.kustomization(id), source: 'lock', objects: [{ value: kustomization(['install.yaml'], []), construct: id }] },
      { path: `${id}/install.yaml`, source: 'lock', objects: [], verbatim: documentsToYaml(manifests[name.replace(/-.*image.*$/, '')] ?? manifests['flux'] ?? []) },
    ];
    return { id, clusters: [], files, images: [] };
  });
}

/** A rendered runtime repo with the clusters of the draft. */
export interface RenderedRepo {
  readonly files: readonly RenderedFile[];
  readonly source: ObjectSource;
  cluster(name: string): Cluster;
}

/** Renders a fleet whose app holds some objects. */
export function renderedRepo(objects: readonly KubeObject[] = [], edit: (draft: Draft) => void = () => undefined): RenderedRepo {
  const fleet = fleetWith((chart) => { for (const [index, value] of objects.entries()) new Manifest(chart, `m${index}`, value as never); }, edit);
  const problems: RenderProblem[] = [];
  const files = [...renderFleet(fleet, { upstream }, problems)].flatMap((unit) => unit.files);
  if (problems.length > 0) throw new Error(`the test's fleet is wrong: ${JSON.stringify(problems)}`);
  return {
    files,
    source: objectsOfFiles(files),
    cluster(name) {
      const found = fleet.clusters.find((each) => each.name === name);
      if (found === undefined) throw new Error(`no cluster ${name}`);
      return found;
    },
  };
}
