import { automatedBy, automatedImages, pinsPath, type AutomatedImage } from '../../model/automated-images.ts';
import type { Environment } from '../../model/environment.ts';
import type { ImageAutomation } from '../../model/image-automation.ts';
import { policyFor, type TagPolicy } from '../../model/newest.ts';
import { imagePolicyName } from '../../model/pin-markers.ts';
import { cloudIdentityOf } from '../../model/registries.ts';
import type { Repository } from '../../model/repository.ts';
import type { KubeObject } from '../../manifests/rendered.ts';
import { SlipwayError } from '../../values/errors.ts';
import type { Hosted } from '../controller.ts';
import { configRepoSecret, pinsFolder, updateMessage } from '../pins-repository.ts';
import { fluxNamespace } from './names.ts';
import { credentialFields, fluxUrl } from './source.ts';

const apiVersion = 'image.toolkit.fluxcd.io/v1';
/** Name of the GitRepository that image automation clones and pushes. */
const configRepoName = 'config-repo';
const environmentLabel = 'slipway.dev/environment';

/**
 * Flux's image automation of the environments whose pins this host writes: a repository and a policy for each image, an automation for
 * each environment, and the config repo with its write credential. Empty where it writes none.
 */
export function imageAutomation(input: Hosted): KubeObject[] {
  const automated = automatedBy(input.cluster, input.fleet);
  const { configRepo } = input.fleet;
  if (automated.length === 0) return [];
  if (configRepo === undefined) throw SlipwayError.of('environments/index.ts: configRepo', 'expected the repository to which image automation writes, got none', 'name it: configRepo: { url: …, credential: … }');
  return [
    gitRepository(configRepo),
    ...automated.flatMap(({ environment, automation }) => [
      ...automatedImages(environment, automation, input.fleet).flatMap((image) => [imageRepository(image, environment, automation), imagePolicy(image, environment)]),
      updateAutomation(environment, automation, configRepo),
    ]),
  ];
}

function gitRepository(repository: Repository): KubeObject {
  const credential = repository.credential?.kind === 'deploy-key' ? { secretRef: { name: configRepoSecret } } : credentialFields(repository.credential);
  return {
    apiVersion: 'source.toolkit.fluxcd.io/v1',
    kind: 'GitRepository',
    metadata: { name: configRepoName, namespace: fluxNamespace },
    spec: { url: fluxUrl(repository.url), ref: { branch: repository.branch }, interval: '10m', ...credential },
  };
}

function imageRepository({ image, repository }: AutomatedImage, environment: Environment, { interval, registry }: ImageAutomation): KubeObject {
  const provider = registry?.provider ?? (registry?.secret === undefined ? cloudIdentityOf(repository) : undefined);
  return {
    apiVersion,
    kind: 'ImageRepository',
    metadata: metadataOf(image, environment),
    spec: {
      image: repository,
      interval,
      ...(provider !== undefined && { provider }),
      ...(registry?.secret !== undefined && { secretRef: { name: registry.secret } }),
    },
  };
}

function imagePolicy({ image, newest }: AutomatedImage, environment: Environment): KubeObject {
  const { pattern, extract, order } = policyFor(newest);
  return {
    apiVersion,
    kind: 'ImagePolicy',
    metadata: metadataOf(image, environment),
    spec: {
      imageRepositoryRef: { name: imagePolicyName(environment.name, image) },
      // Tags of builds never move: the digest of a new tag is read once.
      digestReflectionPolicy: 'IfNotPresent',
      ...(pattern !== undefined && { filterTags: { pattern, ...(extract !== undefined && { extract }) } }),
      policy: policyOf(order),
    },
  };
}

function policyOf(order: TagPolicy['order']): object {
  switch (order.kind) {
    case 'semver': return { semver: { range: order.range } };
    case 'alphabetical':
    case 'numerical': return { [order.kind]: { order: order.descending ? 'desc' : 'asc' } };
  }
}

function updateAutomation(environment: Environment, { author, branch, interval, skipCi }: ImageAutomation, repository: Repository): KubeObject {
  const changes = '{{ range .Changed.Changes }}\n{{ .OldValue }} -> {{ .NewValue }}{{ end }}';
  return {
    apiVersion,
    kind: 'ImageUpdateAutomation',
    metadata: { name: environment.name, namespace: fluxNamespace, labels: { [environmentLabel]: environment.name } },
    spec: {
      interval,
      sourceRef: { kind: 'GitRepository', name: configRepoName },
      // Each environment's policies alone: another's markers in the same folder stay as they are.
      policySelector: { matchLabels: { [environmentLabel]: environment.name } },
      git: {
        checkout: { ref: { branch: repository.branch } },
        commit: { author: { ...author }, messageTemplate: updateMessage(environment.name, changes, skipCi) },
        push: { branch: branch ?? repository.branch },
      },
      update: { strategy: 'Setters', path: `./${pinsFolder(pinsPath(environment), repository)}` },
    },
  };
}

function metadataOf(image: string, environment: Environment): NonNullable<KubeObject['metadata']> {
  return { name: imagePolicyName(environment.name, image), namespace: fluxNamespace, labels: { [environmentLabel]: environment.name } };
}
