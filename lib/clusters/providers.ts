import type { Provider } from '../model/infrastructure/infrastructure.ts';
import { SlipwayError } from '../values/errors.ts';
import type { ClusterProvider } from './cluster.ts';

/** The package of each provider's resources: an optional peer, so that a user installs that of their cloud alone. */
export const packages: Readonly<Record<Provider, string | undefined>> = { ack: '@pulumi/alicloud', doks: '@pulumi/digitalocean', eks: '@pulumi/aws', existing: undefined };

const loaders: { readonly [Kind in Provider]: () => Promise<{ readonly provider: ClusterProvider<Kind> }> } = {
  ack: () => import('./ack/ack.ts'),
  doks: () => import('./doks/doks.ts'),
  eks: () => import('./eks/eks.ts'),
  existing: () => import('./existing/existing.ts'),
};

/** Loads what makes clusters of a provider, and nothing of the others. @throws SlipwayError naming the package to install */
export async function loadProvider<Kind extends Provider>(kind: Kind): Promise<ClusterProvider<Kind>> {
  const load: () => Promise<{ readonly provider: ClusterProvider<Kind> }> = loaders[kind];
  return (await needing(packages[kind], `clusters of ${kind}`, load)).provider;
}

/** Loads what needs an optional package. @throws SlipwayError naming the package to install */
export async function needing<T>(name: string | undefined, what: string, load: () => Promise<T>): Promise<T> {
  try {
    return await load();
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? error.code : undefined;
    if (name === undefined || code !== 'ERR_MODULE_NOT_FOUND' || !String(error).includes(name)) throw error;
    throw SlipwayError.of(name, `expected this package for ${what}, which isn't installed`, `npm install --save-dev ${name}`);
  }
}
