import { describe, expect, it } from 'vitest';
import type { ClusterOf, ClusterProvider } from '../../lib/clusters/cluster.ts';
import { clusterSchema } from '../../lib/model/cluster.ts';
import type { NodePoolInput } from '../../lib/model/infrastructure/node-pool.ts';
import type { Provider, ProviderInput } from '../../lib/model/infrastructure/infrastructure.ts';
import { argoCd } from '../../lib/model/argo-cd-options.ts';
import { runProgram, type Registered, type RunOptions } from '../clusters/mock-engine.ts';

/** A pool as a provider is asked for it, in words of all. */
export interface ReadPool {
  readonly min: number;
  readonly max: number;
  readonly labels: Readonly<Record<string, string>>;
  /** As `key=value:Effect`. */
  readonly taints: readonly string[];
}

/** A provider, and what its resources are like. */
export interface ClusterSubject<Kind extends Provider> {
  readonly provider: ClusterProvider<Kind>;
  /** Its options with node pools of its own. @default - it makes no nodes */
  readonly withPools?: (pools: readonly NodePoolInput[]) => ProviderInput;
  /** The plain options. */
  readonly plain: ProviderInput;
  /** The stack's config without which nothing is made. */
  readonly config?: Readonly<Record<string, string>>;
  /** What the cloud answers. */
  readonly outputs: NonNullable<RunOptions['outputs']>;
  readonly answers: NonNullable<RunOptions['answers']>;
  /** The kubeconfig's secret that must show up nowhere in plain. @default - it holds none */
  readonly credential?: string;
  /** Type of the cluster's own resource. @default - none is made */
  readonly type?: string;
  /** Reads the node pools of a stack, by name. */
  readonly pools: (resources: readonly Registered[]) => Readonly<Record<string, ReadPool>>;
}

/** What every provider of clusters does alike. */
export function conformsToClusterProvider<Kind extends Provider>(name: string, subject: ClusterSubject<Kind>): void {
  const clusterWith = (provider: ProviderInput, more: object = {}): ClusterOf<Kind> => clusterSchema.parse({ name: 'blue', provider, kubernetes: '1.35', controller: argoCd(), ...more }) as ClusterOf<Kind>;
  const make = (provider: ProviderInput = subject.plain, more: object = {}, options: Partial<RunOptions> = {}) => runProgram({
    stack: 'blue', outputs: subject.outputs, answers: subject.answers, ...options,
  }, () => subject.provider.make({ cluster: clusterWith(provider, more), ...(subject.config?.['slipway:kubeconfig'] !== undefined && { kubeconfig: subject.config['slipway:kubeconfig'] }) }));

  describe(`${name}, a provider of clusters,`, () => {
    it('makes everything below one component named like the cluster', async () => {
      const { resources } = await make();
      const [component, ...others] = resources.filter(({ custom }) => !custom);
      expect(others).toEqual([]);
      expect(component?.name).toBe('blue');
      expect(component?.type).toMatch(/^slipway:clusters:/);
      for (const each of resources.filter(({ custom }) => custom)) expect(each.parent, each.name).toBe(component?.urn);
      expect(new Set(resources.map(({ urn }) => urn)).size).toBe(resources.length);
    });

    it('asks for the same on a second run', async () => {
      expect((await make()).resources).toEqual((await make()).resources);
    });

    it('gives a secret kubeconfig, an endpoint and an identity', async () => {
      const { result, valueOf } = await make();
      const kubeconfig = await valueOf(result.kubeconfig);
      expect(kubeconfig).toMatchObject({ secret: true, known: true });
      expect(String(kubeconfig.value)).toContain('apiVersion');
      expect((await valueOf(result.endpoint)).value).toMatch(/^https:\/\//);
      expect(String((await valueOf(result.identity)).value)).not.toBe('');
    });

    it('previews a cluster that isn\'t there yet', async () => {
      const { result, resources, valueOf } = await make(subject.plain, {}, { preview: true, outputs: {} });
      expect(resources.length).toBeGreaterThan(0);
      if (subject.type === undefined) return;
      expect(await valueOf(result.kubeconfig)).toMatchObject({ known: false, secret: true });
      expect(await valueOf(result.endpoint)).toMatchObject({ known: false });
    });

    it('shows the credential in the inputs of no resource', async () => {
      const { resources } = await make();
      if (subject.credential !== undefined) expect(JSON.stringify(resources)).not.toContain(subject.credential);
      expect(JSON.stringify(resources.map(({ inputs }) => inputs))).not.toMatch(/client-key-data|BEGIN .*PRIVATE KEY/);
    });

    if (subject.type !== undefined) it('keeps the cluster from being deleted by mistake', async () => {
      const cluster = (await make()).resources.filter(({ type }) => type === subject.type);
      expect(cluster.map(({ protect }) => protect)).toEqual([true]);
    });

    const { withPools } = subject;
    if (withPools === undefined) return;
    it('makes each pool with its bounds, labels and taints', async () => {
      const pools: NodePoolInput[] = [
        { name: 'web', nodes: { min: 2, max: 5 }, labels: { tier: 'web' } },
        { name: 'jobs', nodes: 4, taints: [{ key: 'dedicated', value: 'jobs', effect: 'NoSchedule' }, { key: 'slow', effect: 'PreferNoSchedule' }] },
        { name: 'spare' },
      ];
      const read = subject.pools((await make(withPools(pools), { workers: 7 })).resources);
      expect(read).toEqual({
        web: { min: 2, max: 5, labels: { tier: 'web' }, taints: [] },
        jobs: { min: 4, max: 4, labels: {}, taints: ['dedicated=jobs:NoSchedule', 'slow=:PreferNoSchedule'] },
        spare: { min: 7, max: 7, labels: {}, taints: [] },
      });
    });

    it('makes three workers where nothing is said', async () => {
      expect(subject.pools((await make()).resources)).toEqual({ workers: { min: 3, max: 3, labels: {}, taints: [] } });
    });

    it('refuses pools that contradict themselves, all at once and before anything is made', () => {
      const faulty = (pools: readonly unknown[]): string[] => clusterSchema.safeParse({ name: 'blue', provider: withPools(pools as NodePoolInput[]), kubernetes: '1.35', controller: argoCd() }).error?.issues.map(({ path, message }) => `${path.join('.')}: ${message}`).sort() ?? [];
      expect(faulty([{ name: 'a', nodes: { min: 3, max: 2 }, size: 'enormous' }, { name: 'a' }])).toEqual([
        'provider.nodePools.0.nodes.min: expected a minimum of at most the maximum (2), got 3',
        expect.stringMatching(/^provider\.nodePools\.0\.size: expected .*, got "enormous"/),
        'provider.nodePools.1.name: expected a name of its own for each pool, got "a" a second time',
      ]);
      expect(faulty([{ name: 'a', taints: [{ key: 'x', effect: 'NoSchedule' }] }])).toEqual([expect.stringContaining('expected a pool without taints')]);
    });
  });
}
