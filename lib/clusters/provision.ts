import type * as pulumi from '@pulumi/pulumi';
import type { Cluster } from '../model/cluster.ts';
import type { Fleet } from '../model/fleet.ts';
import { deliveredBy, hostOf } from '../model/runtime-source.ts';
import type { Provider } from '../model/infrastructure/infrastructure.ts';
import { throwProblems } from '../values/errors.ts';
import { apiOf } from './api.ts';
import { planBootstrap, type PlannedBootstrap } from './bootstrap/plan.ts';
import { ControllerBootstrap } from './bootstrap/resource.ts';
import type { ClusterOf, ClusterProvider } from './cluster.ts';
import { controllerUrl } from './controller-url.ts';
import { deployKeyProblems, makeDeployKey } from './deploy-key.ts';
import { planMember } from './hub/plan.ts';
import { hubProblems } from './hub/problems.ts';
import { reachHub } from './hub/reach.ts';
import { HubRegistration } from './hub/registration.ts';
import { Leftovers } from './leftovers/resource.ts';
import { policyProblems } from './policy.ts';
import { loadProvider } from './providers.ts';
import { ControllerSecrets, secretProblems } from './secrets/controller-secrets.ts';
import type { StackSettings } from './settings.ts';

/** What a stack is made from. */
export interface ProvisionArgs {
  readonly cluster: Cluster;
  readonly fleet: Fleet;
  /** The config repo. */
  readonly folder: string;
  readonly settings: StackSettings;
}

/** The outputs of a stack; texts that belong to nobody else are secrets. */
export type StackOutputs = Readonly<Record<string, pulumi.Input<unknown>>>;

/** Makes a cluster and hands it to its controller. Everything that is wrong is told before any resource is made. */
export async function provision({ cluster, fleet, folder, settings }: ProvisionArgs): Promise<StackOutputs> {
  const provider = await loadProvider<Provider>(cluster.provider);
  if (cluster.managedBy === 'self') return await makeStack({ cluster, fleet, provider, planned: await planBootstrap(cluster, fleet, folder), settings });
  await planMember(cluster, fleet, folder);
  return await makeStack({ cluster, fleet, provider, settings });
}

/** What a stack's resources are made from: everything that had to be read. */
export interface StackArgs {
  readonly cluster: Cluster;
  /** The clusters that there are: a hub knows its members, a member its hub. */
  readonly fleet: Pick<Fleet, 'clusters'>;
  readonly provider: ClusterProvider<Provider>;
  /** @default - a hub delivers to the cluster, which has no controller of its own */
  readonly planned?: PlannedBootstrap;
  readonly settings: StackSettings;
}

/** Makes the resources of a stack: the cluster, then the Secrets that its controller needs from the start and the controller's first start, or the registration at its hub. */
export async function makeStack({ cluster, fleet, provider, planned, settings }: StackArgs): Promise<StackOutputs> {
  throwProblems([...policyProblems(cluster), ...hubProblems(cluster, settings), ...(planned === undefined ? [] : [...secretProblems(planned, settings), ...deployKeyProblems({ ...planned, settings })])]);
  const hub = planned === undefined ? await reachHub(cluster, settings) : undefined;
  const members = deliveredBy(cluster, fleet).slice(1);
  const made = provider.make({ cluster: cluster as ClusterOf<Provider>, members, ...(settings.kubeconfig !== undefined && { kubeconfig: settings.kubeconfig }) });
  const api = apiOf(cluster.name, made);
  // What the controller needs goes after the look at what is left behind: it is the one who removes that.
  const guard = (needed: pulumi.Resource): Leftovers[] => (provider.deletes ? [new Leftovers(cluster.name, { cluster: cluster.name, identity: made.identity, kubeconfig: made.kubeconfig }, { dependsOn: [made, needed] })] : []);
  if (planned === undefined) {
    const { controller } = hostOf(cluster, fleet);
    const registration = new HubRegistration(cluster.name, { cluster, made, hub: hub ?? {}, impersonates: controller.kind === 'argo-cd' && controller.impersonation }, { providers: [api] });
    guard(registration);
    return { kubeconfig: made.kubeconfig, endpoint: made.endpoint, hub: cluster.managedBy, ...(cluster.credential?.kind === 'external-secret' && { hubCredential: registration.config }), ...made.outputs };
  }
  const deployKey = planned.repository.credential?.kind === 'deploy-key' ? await makeDeployKey(cluster.name, { ...planned, settings }, {}) : undefined;
  const secrets = new ControllerSecrets(cluster.name, { cluster: cluster.name, planned, settings, ...(deployKey !== undefined && { deployKey }) }, { providers: [api] });
  const leftovers = guard(secrets);
  const url = controllerUrl(cluster);
  const bootstrap = new ControllerBootstrap(cluster.name, {
    cluster: cluster.name,
    controller: planned.phases.controller,
    identity: made.identity,
    kubeconfig: made.kubeconfig,
    adopt: settings.adopt,
    // Nobody reads a private repository before the new key is let in.
    follow: deployKey === undefined || deployKey.isRegistered,
  }, { dependsOn: [...secrets.secrets, ...leftovers] });
  return {
    kubeconfig: made.kubeconfig, endpoint: made.endpoint, controller: planned.phases.controller, bootstrappedAt: bootstrap.commit,
    ...(url !== undefined && { controllerUrl: url }),
    ...deployKey?.outputs,
    ...made.outputs,
  };
}
