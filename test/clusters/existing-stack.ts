import { expect } from 'vitest';
import type { ClusterProvider } from '../../lib/clusters/cluster.ts';
import { provider as existingProvider } from '../../lib/clusters/existing/existing.ts';
import { makeStack } from '../../lib/clusters/provision.ts';
import { stackSettings } from '../../lib/clusters/settings.ts';
import type { Cluster } from '../../lib/model/cluster.ts';
import type { Provider } from '../../lib/model/infrastructure/infrastructure.ts';
import type { Repository } from '../../lib/model/repository.ts';
import { bootstrap } from '../../lib/synth/bootstrap.ts';
import { renderedRepo } from '../synth/bootstrap-fleet.ts';
import { kubeconfig } from './kubeconfig.ts';
import { runProgram, type Ran, type Registered, type RunOptions } from './mock-engine.ts';

/** A stack to run: everything but its cluster's kubeconfig, which it has. */
export interface ExistingStack extends Pick<RunOptions, 'config' | 'preview'> {
  readonly name: 'dev' | 'staging';
  /** The runtime repo that its controller follows. */
  readonly repository: Repository;
  /** What is told of resources once they are made; in a preview nothing is. */
  readonly outputs: NonNullable<RunOptions['outputs']>;
}

/** Runs the stack of a cluster of the tests' fleet, taken for one that exists. */
export async function existingStack({ config = {}, name, outputs, preview = false, repository }: ExistingStack): Promise<Ran<Readonly<Record<string, unknown>>>> {
  const rendered = renderedRepo([], (draft) => (draft.fleet['runtimeRepo'] = repository));
  const cluster = { ...rendered.cluster(name), provider: 'existing', infrastructure: { kind: 'existing' } } as Cluster;
  const planned = { phases: bootstrap(cluster, rendered.source, repository), repository, commit: 'c'.repeat(40) };
  return await runProgram({
    stack: name,
    preview,
    config: { 'slipway:kubeconfig': kubeconfig(name, 'the-token'), ...config },
    secretKeys: ['forgeToken', 'githubAppPrivateKey', 'kubeconfig', 'repositoryToken', 'secrets'].map((key) => `slipway:${key}`),
    outputs: preview ? {} : outputs,
  }, () => makeStack({ cluster, fleet: { clusters: [cluster] }, provider: existingProvider as unknown as ClusterProvider<Provider>, planned, settings: stackSettings() }));
}

/** The one resource of a type. */
export function one(resources: readonly Registered[], type: string): Registered {
  const found = resources.filter((each) => each.type === type);
  expect(found.map(({ name }) => name)).toHaveLength(1);
  return found[0]!;
}
