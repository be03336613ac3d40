import { layout } from '../../manifests/layout.ts';
import type { KubeObject } from '../../manifests/rendered.ts';
import { compareText } from '../../values/errors.ts';
import type { Hosted } from '../controller.ts';
import { rootTracked } from '../root-tracked.ts';
import { kustomizationOf } from './kustomization.ts';
import { labelsOf } from '../tracking-labels.ts';
import { sourceName } from './names.ts';
import { fluxSettings } from './settings.ts';
import { credentialFields, environmentsOf, fluxMetadata, ignoredBut, runtimeUrl } from './source.ts';

/** The source and the Kustomization that follows the folder in which both lie: everything else of the cluster is reached from it. */
export function fluxRoot(input: Hosted): KubeObject[] {
  const root = rootTracked(input);
  return [runtimeSource(input, labelsOf(root)), kustomizationOf(root, input)];
}

/** The runtime repo: one branch, and of it only what this cluster needs, so that its controllers carry no other cluster's files. */
function runtimeSource(input: Hosted, labels: Readonly<Record<string, string>>): KubeObject {
  const { branch, credential } = input.runtimeRepo;
  const settings = fluxSettings(input);
  return {
    apiVersion: 'source.toolkit.fluxcd.io/v1',
    kind: 'GitRepository',
    metadata: fluxMetadata(sourceName, labels),
    spec: {
      interval: settings.poll,
      timeout: '60s',
      url: runtimeUrl(input.runtimeRepo, `cluster ${input.cluster.name}: runtimeRepo.url`),
      ref: { branch },
      ...credentialFields(credential),
      ...(settings.verify !== undefined && { verify: { mode: 'HEAD', secretRef: { name: settings.verify.secret } } }),
      ignore: ignoredBut(foldersOf(input), input.runtimeRepo),
    },
  };
}

function foldersOf(input: Hosted): string[] {
  const clusters = input.clusters.map((cluster) => layout.root(cluster.name));
  const environments = environmentsOf(input.tracked).map((environment) => `apps/${environment}`);
  return [layout.upstreams(), ...clusters, ...environments].sort(compareText);
}
