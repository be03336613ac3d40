import * as kubernetes from '@pulumi/kubernetes';
import * as pulumi from '@pulumi/pulumi';
import type { RequiredSecret } from '../../synth/required-secret.ts';
import { secretsOf } from '../../synth/bootstrap.ts';
import type { Problem } from '../../values/errors.ts';
import type { PlannedBootstrap } from '../bootstrap/plan.ts';
import type { StackSettings } from '../settings.ts';
import { credentialProblems, repositoryData, type DeployKey } from './repository.ts';

/** The Secrets that a controller needs from the start. Not so the registration of a hub's member, unless it is given: the member's own stack makes it, once the hub is there. */
export function startSecrets({ phases }: PlannedBootstrap, settings: Pick<StackSettings, 'secrets'>): readonly RequiredSecret[] {
  return secretsOf(phases).filter(({ namespace, name, purpose }) => namespace === phases.namespace && (purpose !== 'member' || settings.secrets[`${namespace}/${name}`] !== undefined));
}

/** What the stack's config lacks of them: told before anything is made. */
export function secretProblems(planned: PlannedBootstrap, settings: StackSettings): Problem[] {
  return startSecrets(planned, settings).flatMap((secret): Problem[] => {
    if (secret.purpose === 'repository') return credentialProblems(planned.phases.controller, planned.repository, settings);
    const name = `${secret.namespace}/${secret.name}`;
    const given = settings.secrets[name];
    const missing = secret.keys.filter((key) => given?.[key] === undefined);
    if (given !== undefined && missing.length === 0) return [];
    const path = (key: string): string => `pulumi config set --secret --path 'slipway:secrets["${name}"]["${key}"]'`;
    return [{ where: `slipway:secrets: ${name}`, message: `expected ${missing.join(', ') || 'its keys'}, which ${secret.namedBy.join(', ')} needs from the start, got ${given === undefined ? 'nothing' : Object.keys(given).sort().join(', ') || 'nothing'}`, fix: `${(missing.length === 0 ? ['KEY'] : missing).map(path).join('; ')} (${secret.bring})` }];
  });
}

/** What the Secrets are made from. */
export interface ControllerSecretsArgs {
  readonly cluster: string;
  readonly planned: PlannedBootstrap;
  readonly settings: StackSettings;
  /** @default - the repository needs none */
  readonly deployKey?: DeployKey;
}

/**
 * The Secrets that can't be in Git and that the controller needs from the start, with its namespace. Pulumi owns them: a new value in the
 * stack's config, or a new deploy key, is another `pulumi up`.
 */
export class ControllerSecrets extends pulumi.ComponentResource {
  readonly secrets: readonly kubernetes.core.v1.Secret[];

  constructor(name: string, { cluster, planned, settings, deployKey }: ControllerSecretsArgs, opts: pulumi.ComponentResourceOptions) {
    super('slipway:clusters:ControllerSecrets', name, {}, opts);
    const { controller, namespace } = planned.phases;
    // It belongs to the controller, which labels it: Pulumi only sees to it that it is there, and leaves it there.
    const space = new kubernetes.core.v1.Namespace(`${cluster}-${namespace}`, { metadata: { name: namespace } }, { parent: this, retainOnDelete: true });
    this.secrets = startSecrets(planned, settings).map((secret) => new kubernetes.core.v1.Secret(`${cluster}-${secret.namespace}-${secret.name}`, {
      metadata: { namespace: space.metadata.name, name: secret.name, ...(secret.labels !== undefined && { labels: { ...secret.labels } }) },
      stringData: pulumi.secret(secret.purpose === 'repository' ? repositoryData(controller, planned.repository, settings, deployKey) : { ...settings.secrets[`${secret.namespace}/${secret.name}`] }),
    }, { parent: this }));
    this.registerOutputs();
  }
}
