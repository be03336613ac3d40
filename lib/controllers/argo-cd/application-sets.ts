import type { IApplicationSet } from '@kubernetes-models/argo-cd/argoproj.io/v1alpha1/ApplicationSet';
import type { KubeObject } from '../../manifests/rendered.ts';
import type { ApplicationSetDefinition } from '../../model/argo-cd/application-set.ts';
import type { Generator } from '../../model/argo-cd/generators.ts';
import type { Hosted } from '../controller.ts';
import { destinationOf } from './destination.ts';
import { argoCdNamespace } from './names.ts';
import { externalSource } from './sources.ts';
import { syncPolicy } from './sync-policy.ts';

type Generators = NonNullable<IApplicationSet['spec']['generators']>;

/** The ApplicationSets that a host's settings list, in their order. */
export function applicationSets(input: Hosted): KubeObject[] {
  const { controller } = input.cluster;
  return controller.kind === 'argo-cd' ? controller.applicationSets.map((set) => applicationSetOf(set, input)) : [];
}

/** None of its Applications is ever deleted by the controller, whatever the generators give; a parameter that isn't there is an error, not an empty text. */
function applicationSetOf(set: ApplicationSetDefinition, input: Hosted): KubeObject {
  const { name, source, to, sync } = set.application;
  const { automated, ...rest } = syncPolicy({ name: set.name, role: 'external', sync }, []);
  return {
    apiVersion: 'argoproj.io/v1alpha1',
    kind: 'ApplicationSet',
    metadata: {
      name: set.name,
      namespace: argoCdNamespace,
      labels: { 'app.kubernetes.io/managed-by': 'slipway', 'slipway.dev/team': set.team },
      // A generator that fails, such as during an outage of Git, doesn't make the platform of the cluster ill.
      annotations: { 'argocd.argoproj.io/ignore-healthcheck': 'true' },
    },
    spec: {
      goTemplate: true,
      goTemplateOptions: ['missingkey=error'],
      generators: set.generators.map(generatorOf),
      syncPolicy: { applicationsSync: 'create-update', preserveResourcesOnDeletion: true },
      template: {
        metadata: { name, labels: { 'app.kubernetes.io/managed-by': 'slipway', 'slipway.dev/role': 'generated', 'slipway.dev/team': set.team } },
        spec: {
          project: set.team,
          source: externalSource(source, name),
          destination: { ...destinationOf({ name: to.cluster }, input), namespace: to.namespace },
          syncPolicy: { ...(automated !== undefined && { automated }), ...rest },
          revisionHistoryLimit: 10,
        },
      },
    },
  } satisfies IApplicationSet;
}

function generatorOf(generator: Generator): Generators[number] {
  switch (generator.kind) {
    case 'list':
      return { list: { elements: generator.elements } };
    case 'git-folders':
      return { git: { repoURL: generator.url, revision: generator.revision, directories: [...generator.folders.map((path) => ({ path })), ...generator.exclude.map((path) => ({ path, exclude: true }))] } };
    case 'git-files':
      return { git: { repoURL: generator.url, revision: generator.revision, files: generator.files.map((path) => ({ path })) } };
    case 'clusters':
      return { clusters: { selector: { matchLabels: generator.labels } } };
    case 'pull-requests':
      return { pullRequest: { github: { owner: generator.owner, repo: generator.repo, labels: generator.labels, tokenRef: { secretName: generator.tokenSecret.name, key: generator.tokenSecret.key } } } };
    case 'matrix':
      return { matrix: { generators: generator.generators.map(generatorOf) } };
    default:
      return generator satisfies never;
  }
}
