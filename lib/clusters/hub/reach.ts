import * as pulumi from '@pulumi/pulumi';
import type { Cluster } from '../../model/cluster.ts';
import { SlipwayError } from '../../values/errors.ts';
import { contextOf } from '../existing/kubeconfig.ts';
import type { StackSettings } from '../settings.ts';
import { tlsOf } from './server.ts';

/** How a member's stack gets at its hub. */
export interface HubAccess {
  /** Reaches the hub. A secret. @default - nothing is made there: Git holds the registration */
  readonly kubeconfig?: pulumi.Output<string>;
  /** The IAM role as which the hub's Argo CD signs in at the member. @default - it has a token of the member's own */
  readonly role?: string;
}

/** Outputs of a hub's stack that its members' stacks read: they keep their names. */
export const hubOutputs = { kubeconfig: 'kubeconfig', role: 'argoCdRoleArn' } as const;

/**
 * Finds out how the hub of a cluster is reached, by the stack's settings or from the hub's own stack, before anything is made.
 *
 * @throws SlipwayError when the hub's stack doesn't say it
 */
export async function reachHub({ credential, infrastructure, managedBy, name }: Cluster, settings: StackSettings): Promise<HubAccess> {
  // A cluster that is there already says of its server what others say once they are made.
  if (infrastructure.kind === 'existing' && settings.kubeconfig !== undefined) tlsOf(name, contextOf(await knownText(settings.kubeconfig), infrastructure.context));
  const given = credential?.kind === 'eks' ? credential.role ?? settings.hubRole : settings.hubRole;
  const needsHub = credential === undefined;
  const asksForRole = infrastructure.kind === 'eks' && credential?.kind !== 'external-secret' && given === undefined;
  const stack = settings.hubKubeconfig === undefined && (needsHub || asksForRole) ? hubStack(managedBy, settings.hubStack) : undefined;
  const role = given ?? (asksForRole && stack !== undefined ? await textOf(stack, hubOutputs.role) : undefined);
  if (credential?.kind === 'eks' && infrastructure.kind === 'eks' && role === undefined) {
    throw SlipwayError.of('slipway:hubRole', `expected the IAM role as which the Argo CD of ${managedBy} signs in at ${name}, got nothing`, `pulumi config set slipway:hubRole ARN, name it as credential.role of ${name}, or run pulumi up on the stack of ${managedBy}, which makes one on EKS`);
  }
  if (!needsHub) return role === undefined ? {} : { role };
  return { kubeconfig: await kubeconfigOf(managedBy, stack, settings), ...(role !== undefined && { role }) };
}

function hubStack(hub: string, said: string | undefined): pulumi.StackReference {
  return new pulumi.StackReference(hub, { name: said ?? `${pulumi.getOrganization()}/${pulumi.getProject()}/${hub}` });
}

/** The kubeconfig that was set, or that of the hub's stack; only what its current context needs. */
async function kubeconfigOf(hub: string, stack: pulumi.StackReference | undefined, { hubKubeconfig }: StackSettings): Promise<pulumi.Output<string>> {
  const text = hubKubeconfig !== undefined ? await knownText(hubKubeconfig) : stack === undefined ? undefined : await textOf(stack, hubOutputs.kubeconfig);
  if (text === undefined) {
    throw SlipwayError.of(`the stack of ${hub}`, `expected its output ${hubOutputs.kubeconfig}, by which members are registered, got none`, `run pulumi up on it first, name another one by slipway:hubStack, or pulumi config set --secret slipway:hubKubeconfig < FILE`);
  }
  return pulumi.secret(contextOf(text, undefined));
}

async function textOf(stack: pulumi.StackReference, output: string): Promise<string | undefined> {
  const { secretValue, value } = await stack.getOutputDetails(output);
  const found: unknown = secretValue ?? value;
  return typeof found === 'string' && found !== '' ? found : undefined;
}

/** The text of an output that is known from the start, such as a setting. */
export async function knownText(output: pulumi.Output<string>): Promise<string> {
  return await new Promise((resolve) => void output.apply(resolve));
}
