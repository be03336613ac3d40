import type { Construct } from 'constructs';
import type { IContainer } from 'kubernetes-models/v1/Container';
import type { IPodSpec } from 'kubernetes-models/v1/PodSpec';
import type { IPodTemplateSpec } from 'kubernetes-models/v1/PodTemplateSpec';
import { AppChart } from '../app-chart.ts';
import { declareExisting } from '../existing-objects.ts';
import type { Manifest, ManifestValue } from '../manifest.ts';
import type { PodPort, WorkloadIdentity } from '../workload-identity.ts';
import { appContainer } from './app-container.ts';
import { callLabels, type ResolvedCall } from './calls.ts';
import { configFilesOf, configOf, type ConfigReference } from './config.ts';
import { extraContainer, type ContainerPlace } from './container.ts';
import { isSecretKey } from './env.ts';
import { claimsOf, volumesOf, type ClaimTemplate } from './mounts.ts';
import type { PodOptions } from './pod-options.ts';
import type { PodPlan } from './pod-plan.ts';
import type { PodProps } from './pod-props.ts';
import { podSecurity } from './security.ts';
import { podSecrets } from './secrets.ts';
import { serviceAccountOf } from './service-account.ts';

/** The pods of a construct, whatever keeps them running. */
export interface PodBuild {
  readonly template: IPodTemplateSpec & { metadata: { labels: Record<string, string> }; spec: IPodSpec };
  /** The app's own container, in the template. */
  readonly container: IContainer;
  readonly ports: readonly PodPort[];
  readonly claims: readonly ClaimTemplate[];
  readonly calls: readonly ResolvedCall[];
  /** @default - it has no config */
  readonly config?: ConfigReference;
  /** @default - the namespace's default account */
  readonly serviceAccount?: string;
  /** The objects that the pods read: they have to be there before a pod starts. */
  readonly reads: readonly Manifest<ManifestValue>[];
}

/** Builds the pods of a construct from props that were checked and planned. */
export function buildPod(scope: Construct, identity: WorkloadIdentity, props: PodProps, plan: PodPlan, options: PodOptions): PodBuild {
  const chart = AppChart.of(scope);
  const bare = options.bare === true;
  const { calls } = plan;
  const place: ContainerPlace = { app: identity.app, bare, size: (name) => chart.context.size(name) };
  const secrets = podSecrets(scope, identity, props.secrets ?? [], Object.values(props.env ?? {}).flatMap((value) => isSecretKey(value) ? [value.secret] : []));
  const config = configOf(scope, identity, props.config);
  const files = configFilesOf(scope, identity, props.configFiles);
  const app = appContainer(props, plan, options, place, { secrets, config, volumes: [...(files === undefined ? [] : [files.volume]), ...secrets.volumes] });
  const init = (props.initContainers ?? []).map((each) => extraContainer(each, place));
  const sidecars = (props.sidecars ?? []).map((each) => ({ native: each.native !== false, ...extraContainer(each, place) }));
  const native = sidecars.filter((each) => each.native).map((each): IContainer => ({ ...each.container, restartPolicy: 'Always' }));
  const volumes = [...app.volumes, ...[...init, ...sidecars].flatMap((each) => each.volumes)];
  const account = serviceAccountOf(scope, identity, props.serviceAccount, bare);
  for (const name of props.imagePullSecrets ?? []) declareExisting(scope, 'Secret', name);

  const podVolumes = volumesOf(volumes);
  const initContainers = [...native, ...init.map((each) => each.container)];
  const securityContext = podSecurity(props, bare);
  const spec: IPodSpec = {
    ...(options.restartPolicy !== undefined && { restartPolicy: options.restartPolicy }),
    ...account.fields,
    ...(!bare && { enableServiceLinks: false }),
    ...(securityContext !== undefined && { securityContext }),
    ...(plan.graceSeconds !== undefined && { terminationGracePeriodSeconds: plan.graceSeconds }),
    ...(initContainers.length > 0 && { initContainers }),
    containers: [app.container, ...sidecars.filter((each) => !each.native).map((each) => each.container)],
    ...(podVolumes.length > 0 && { volumes: podVolumes }),
    ...(options.topologySpread !== undefined && options.topologySpread.length > 0 && { topologySpreadConstraints: [...options.topologySpread] }),
    ...scheduling(props),
  };
  const annotations = { ...options.annotations, ...props.podAnnotations };
  return {
    template: {
      metadata: {
        labels: { ...identity.labels, ...identity.selector, ...options.labels, ...callLabels(calls), ...props.podLabels },
        ...(Object.keys(annotations).length > 0 && { annotations }),
      },
      spec,
    },
    container: app.container,
    ports: plan.ports,
    claims: claimsOf(volumes),
    calls,
    ...(config !== undefined && { config }),
    ...(account.name !== undefined && { serviceAccount: account.name }),
    reads: [...(config === undefined ? [] : [config.manifest]), ...(files === undefined ? [] : [files.reference.manifest]), ...secrets.manifests, ...(account.manifest === undefined ? [] : [account.manifest])],
  };
}

/** Fields of the pod that the app says as Kubernetes has them. */
function scheduling(props: PodProps): Partial<IPodSpec> {
  const { imagePullSecrets, nodeSelector, tolerations, hostAliases } = props;
  return {
    ...(imagePullSecrets !== undefined && imagePullSecrets.length > 0 && { imagePullSecrets: imagePullSecrets.map((name) => ({ name })) }),
    ...(props.priorityClassName !== undefined && { priorityClassName: props.priorityClassName }),
    ...(props.runtimeClassName !== undefined && { runtimeClassName: props.runtimeClassName }),
    ...(nodeSelector !== undefined && { nodeSelector: { ...nodeSelector } }),
    ...(tolerations !== undefined && { tolerations: [...tolerations] }),
    ...(props.affinity !== undefined && { affinity: props.affinity }),
    ...(hostAliases !== undefined && { hostAliases: [...hostAliases] }),
    ...(props.dnsPolicy !== undefined && { dnsPolicy: props.dnsPolicy }),
    ...(props.dnsConfig !== undefined && { dnsConfig: props.dnsConfig }),
  };
}
