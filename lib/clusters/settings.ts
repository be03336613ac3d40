import * as pulumi from '@pulumi/pulumi';
import { isFields, type Fields } from '../values/fields.ts';

/** What a stack's config may say, each under `slipway:`. Secrets are set with `pulumi config set --secret`. */
export interface StackSettings {
  /** `kubeconfig`: the cluster of provider `existing`, as kubectl takes it. @default - none */
  readonly kubeconfig?: pulumi.Output<string>;
  /** `hubStack`: the stack of the hub that delivers to this cluster, as `<organization>/<project>/<stack>`. @default - the stack named like the hub, of this organization and project */
  readonly hubStack?: string;
  /** `hubKubeconfig`: reaches the hub, in place of what its stack says. @default - none */
  readonly hubKubeconfig?: pulumi.Output<string>;
  /** `hubRole`: ARN of the IAM role as which the hub's Argo CD signs in at a cluster of EKS. @default - `argoCdRoleArn` of the hub's stack, else a token of the cluster's own */
  readonly hubRole?: string;
  /** `adopt`: takes over a controller that somebody else installed. @default false */
  readonly adopt: boolean;
  /** `repositoryUser`: name that goes with `repositoryToken`. @default 'git' */
  readonly repositoryUser: string;
  /** `repositoryToken`: reads the runtime repo. @default - none */
  readonly repositoryToken?: pulumi.Output<string>;
  /** `githubAppPrivateKey`: PEM of the GitHub App that reads the runtime repo. @default - none */
  readonly githubAppPrivateKey?: pulumi.Output<string>;
  /** `forgeToken`: registers the deploy key at the forge of the runtime repo. @default - none: a person lets the key in */
  readonly forgeToken?: pulumi.Output<string>;
  /** `forge`: `github`, `gitlab` or `gitea` (Forgejo too), the kind of the runtime repo's host. @default - known of github.com, gitlab.com, codeberg.org and gitea.com */
  readonly forge?: string;
  /** `forgeApi`: https URL of the forge's API. @default - where that kind of forge has it on the runtime repo's host */
  readonly forgeApi?: string;
  /** `knownHosts`: lines of known_hosts for a Git host that Slipway doesn't know. @default - none */
  readonly knownHosts?: string;
  /** `secrets`: values of other Secrets that the controller needs from the start, by `<namespace>/<name>` and key. @default {} */
  readonly secrets: Readonly<Record<string, Readonly<Record<string, pulumi.Output<string>>>>>;
}

/** Reads the stack's config. Values of secrets stay secret; only whether they are there is looked at. */
export function stackSettings(): StackSettings {
  const config = new pulumi.Config('slipway');
  const secret = (key: string): pulumi.Output<string> | undefined => config.getSecret(key);
  const [kubeconfig, repositoryToken, githubAppPrivateKey] = [secret('kubeconfig'), secret('repositoryToken'), secret('githubAppPrivateKey')];
  const [hubStack, hubKubeconfig, hubRole] = [config.get('hubStack'), secret('hubKubeconfig'), config.get('hubRole')];
  const [forgeToken, forge, forgeApi] = [secret('forgeToken'), config.get('forge'), config.get('forgeApi')];
  const knownHosts = config.get('knownHosts');
  const said = namesIn(pulumi.runtime.allConfig()['slipway:secrets']);
  const all = config.getSecretObject<Record<string, Record<string, string>>>('secrets');
  return {
    adopt: config.getBoolean('adopt') ?? false,
    repositoryUser: config.get('repositoryUser') ?? 'git',
    ...(kubeconfig !== undefined && { kubeconfig }),
    ...(hubStack !== undefined && { hubStack }),
    ...(hubKubeconfig !== undefined && { hubKubeconfig }),
    ...(hubRole !== undefined && { hubRole }),
    ...(repositoryToken !== undefined && { repositoryToken }),
    ...(githubAppPrivateKey !== undefined && { githubAppPrivateKey }),
    ...(forgeToken !== undefined && { forgeToken }),
    ...(forge !== undefined && { forge }),
    ...(forgeApi !== undefined && { forgeApi }),
    ...(knownHosts !== undefined && { knownHosts }),
    secrets: all === undefined ? {} : Object.fromEntries(Object.entries(said).map(([name, keys]) => [name, Object.fromEntries(keys.map((key) => [key, all.apply((values) => values[name]?.[key] ?? '')]))])),
  };
}

/** Names of the Secrets and of their keys; what isn't a text is none. */
function namesIn(text: string | undefined): Record<string, string[]> {
  if (text === undefined) return {};
  const parsed: unknown = JSON.parse(text);
  const keys = (value: unknown): string[] => (isFields(value) ? Object.keys(value).filter((key) => typeof (value as Fields)[key] === 'string') : []);
  return isFields(parsed) ? Object.fromEntries(Object.entries(parsed).map(([name, value]) => [name, keys(value)])) : {};
}
