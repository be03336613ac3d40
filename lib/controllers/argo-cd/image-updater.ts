import type { KustomizationPatch } from '../../manifests/kustomization.ts';
import type { KubeObject } from '../../manifests/rendered.ts';
import { automatedBy, automatedImages, pinsPath, type AutomatedImage } from '../../model/automated-images.ts';
import type { Cluster } from '../../model/cluster.ts';
import type { Environment } from '../../model/environment.ts';
import type { App } from '../../model/fleet.ts';
import type { ImageAutomation, Newest } from '../../model/image-automation.ts';
import { policyFor } from '../../model/newest.ts';
import { runsOn } from '../../model/placement.ts';
import type { Repository } from '../../model/repository.ts';
import type { UpstreamReference } from '../../model/upstream.ts';
import { SlipwayError } from '../../values/errors.ts';
import { alertLabels } from '../alert-scopes.ts';
import type { Hosted } from '../controller.ts';
import { configRepoSecret, pinsFolder, updateMessage } from '../pins-repository.ts';
import { argoCdNamespace } from './names.ts';

/** The upstream manifest of Argo CD Image Updater; its bytes are locked like every other. */
export const imageUpdaterUpstream: UpstreamReference = { name: 'argocd-image-updater', version: '1.3.0' };

/** What Argo CD Image Updater adds to the install of Argo CD, in whose namespace it runs. */
export interface ImageUpdaterInstall {
  readonly upstream: readonly UpstreamReference[];
  readonly patches: readonly KustomizationPatch[];
}

/** Argo CD Image Updater's part of a host's install; nothing where the host writes no pins. */
export function imageUpdaterInstall(input: Hosted): ImageUpdaterInstall {
  const [first] = automatedBy(input.cluster, input.fleet);
  if (first === undefined || !input.cluster.controller.imageAutomation) return { upstream: [], patches: [] };
  const { author, interval, skipCi } = first.automation;
  const changes = '{{ range .AppChanges }}\n{{ .Image }} {{ .OldTag }} -> {{ .NewTag }}{{ end }}';
  return {
    upstream: [imageUpdaterUpstream],
    patches: [{
      patch: {
        apiVersion: 'v1',
        kind: 'ConfigMap',
        metadata: { name: 'argocd-image-updater-config' },
        data: {
          'git.commit-message-template': updateMessage('{{ .AppName }}', changes, skipCi),
          'git.email': author.email,
          'git.user': author.name,
          interval,
        },
      },
    }],
  };
}

/** What Argo CD Image Updater does: for each environment whose pins the host writes, which images of which Applications, and where it commits. */
export function imageUpdaters(input: Hosted): KubeObject[] {
  const automated = automatedBy(input.cluster, input.fleet);
  const { configRepo } = input.fleet;
  if (automated.length === 0) return [];
  if (configRepo === undefined) throw SlipwayError.of('environments/index.ts: configRepo', 'expected the repository to which image automation writes, got none', 'name it: configRepo: { url: …, credential: … }');
  return automated.flatMap(({ environment, automation }) => {
    const applications = applicationsOf(environment, automation, input);
    return applications.length === 0 ? [] : [{
      apiVersion: 'argocd-image-updater.argoproj.io/v1alpha1',
      kind: 'ImageUpdater',
      metadata: { name: environment.name, namespace: argoCdNamespace },
      spec: {
        writeBackConfig: writeBack(environment, automation, configRepo),
        applicationRefs: applications,
      },
    }];
  });
}

function writeBack(environment: Environment, { branch }: ImageAutomation, repository: Repository): object {
  return {
    method: `git:secret:${secretOf(repository)}`,
    gitConfig: {
      repository: repository.url,
      branch: branch === undefined || branch === repository.branch ? repository.branch : `${repository.branch}:${branch}`,
      // A leading slash counts from the repository's root, not from the Application's folder, which is in another repository.
      writeBackTarget: `kustomization:/${pinsFolder(pinsPath(environment), repository)}`,
    },
  };
}

function secretOf({ credential }: Repository): string {
  switch (credential?.kind) {
    case 'secret': return credential.name;
    case 'github-app': return credential.privateKeySecret;
    default: return configRepoSecret;
  }
}

/** Each image once, at the first Application of this host that runs it: the pin is one for the whole environment. */
function applicationsOf(environment: Environment, automation: ImageAutomation, input: Hosted): object[] {
  const byApp = new Map<App, AutomatedImage[]>();
  for (const image of automatedImages(environment, automation, input.fleet)) {
    const app = input.fleet.apps.find((each) => image.apps.includes(each.name) && clusterOf(each, environment, input) !== undefined);
    if (app !== undefined) byApp.set(app, [...byApp.get(app) ?? [], image]);
  }
  return [...byApp].map(([app, images]) => ({
    // A member's Application has the member's name in front; the labels say which it is.
    namePattern: `*${app.name}-${environment.name}`,
    labelSelectors: { matchLabels: { [alertLabels.app]: app.name, [alertLabels.cluster]: clusterOf(app, environment, input)?.name, [alertLabels.environment]: environment.name } },
    images: images.map((image) => imageConfig(image, automation)),
  }));
}

function clusterOf(app: App, environment: Environment, input: Hosted): Cluster | undefined {
  return input.clusters.find(({ name }) => runsOn(app, environment, name));
}

function imageConfig({ image, newest, repository }: AutomatedImage, { registry }: ImageAutomation): object {
  return {
    alias: image.replace(/[^\w.-]+/g, '-'),
    imageName: newest.kind === 'version' ? `${repository}:${newest.range}` : repository,
    commonUpdateSettings: {
      ...strategyOf(newest),
      ...(registry?.secret !== undefined && { pullSecret: `pullsecret:${argoCdNamespace}/${registry.secret}` }),
    },
    manifestTargets: { kustomize: { name: image } },
  };
}

function strategyOf(newest: Newest): object {
  const { pattern } = policyFor(newest);
  const strategy = { build: 'newest-build', tag: 'alphabetical', version: 'semver' } as const;
  return { updateStrategy: strategy[newest.kind], ...(pattern !== undefined && { allowTags: `regexp:${pattern}` }) };
}
