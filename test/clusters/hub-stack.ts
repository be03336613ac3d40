import { loadProvider } from '../../lib/clusters/providers.ts';
import { makeStack } from '../../lib/clusters/provision.ts';
import { stackSettings } from '../../lib/clusters/settings.ts';
import { argoCd } from '../../lib/model/argo-cd-options.ts';
import { clusterSchema, type Cluster } from '../../lib/model/cluster.ts';
import type { Provider, ProviderInput } from '../../lib/model/infrastructure/infrastructure.ts';
import { kubeconfig } from './kubeconfig.ts';
import { runProgram, type Ran, type Registered } from './mock-engine.ts';

/** How the stack of a member is run. */
export interface MemberStackOptions {
  /** @default 'existing' */
  readonly provider?: ProviderInput;
  /** What the member's definition says beyond its name and hub. @default {} */
  readonly member?: object;
  /** What the hub's controller says. @default {} */
  readonly hub?: Parameters<typeof argoCd>[0];
  readonly config?: Readonly<Record<string, string>>;
  readonly preview?: boolean;
  /** The hub's stack. @default - the one named like it, of this organization and project */
  readonly hubStack?: string;
  /** What it tells. @default - its kubeconfig */
  readonly hubOutputs?: Readonly<Record<string, string>>;
}

/** The token that the member's controller manager has made. */
export const memberToken = 'the-token-for-the-hub';

const parse = (input: object): Cluster => clusterSchema.parse({ kubernetes: '1.35', ...input });

/** Runs the stack of `edge`, to which `central` delivers. */
export async function memberStack({ provider = 'existing', member = {}, hub = {}, config = {}, preview = false, hubStack = 'acme/slipway/central', hubOutputs = { kubeconfig: kubeconfig('central', 'the-token-of-central') } }: MemberStackOptions = {}): Promise<Ran<Readonly<Record<string, unknown>>>> {
  const cluster = parse({ name: 'edge', provider, labels: { tier: 'edge' }, controller: argoCd(), managedBy: 'central', ...member });
  const clusters = [parse({ name: 'central', provider: 'existing', controller: argoCd(hub) }), cluster];
  const loaded = await loadProvider<Provider>(cluster.provider);
  return await runProgram({
    stack: 'edge',
    preview,
    config: { 'slipway:kubeconfig': kubeconfig('edge', 'the-token-of-edge'), ...config },
    secretKeys: ['slipway:kubeconfig', 'slipway:hubKubeconfig'],
    outputs: {
      'pulumi:pulumi:StackReference': ({ name }) => (name === hubStack ? { outputs: hubOutputs, secretOutputNames: ['kubeconfig'] } : { outputs: {}, secretOutputNames: [] }),
      'aws:eks/cluster:Cluster': () => (preview ? {} : { endpoint: 'https://edge.eks.example', certificateAuthority: { data: 'Q0E=' } }),
      'kubernetes:core/v1:Secret': (_, name) => (name === 'edge-hub-token' && !preview ? { data: { token: Buffer.from(memberToken).toString('base64') } } : {}),
    },
  }, () => makeStack({ cluster, fleet: { clusters }, provider: loaded, settings: stackSettings() }));
}

/** The one resource of a type and name. */
export function only(resources: readonly Registered[], type: string, name: string): Registered {
  const found = resources.filter((each) => each.type === type && each.name === name);
  if (found[0] === undefined || found.length > 1) throw new Error(`expected one ${type} ${name}, got ${resources.map((each) => `${each.type} ${each.name}`).join(', ')}`);
  return found[0];
}
