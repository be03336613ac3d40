import { KubeConfig } from '@kubernetes/client-node';
import { SlipwayError } from '../../values/errors.ts';
import { didYouMean } from '../../values/suggest.ts';

/**
 * The part of a kubeconfig that one context needs, as JSON: other clusters' credentials don't come along into the stack's state.
 *
 * @param text a kubeconfig; undefined: the one of whoever runs this, as kubectl finds it
 * @param context @default - its current one
 */
export function contextOf(text: string | undefined, context: string | undefined): string {
  const config = load(text);
  const name = context ?? config.getCurrentContext();
  const wanted = config.getContextObject(name);
  if (wanted === null) throw SlipwayError.of('kubeconfig', `expected the context ${JSON.stringify(name)}.`, `name one.${didYouMean(name, config.getContexts().map((each) => each.name))}`);
  config.setCurrentContext(name);
  config.contexts = [wanted];
  config.clusters = config.clusters.filter((cluster) => cluster.name === wanted.cluster);
  config.users = config.users.filter((user) => user.name === wanted.user);
  if (config.clusters.length === 0) throw SlipwayError.of('kubeconfig', `expected the cluster ${JSON.stringify(wanted.cluster)} of the context ${JSON.stringify(name)}, found none`);
  return config.exportConfig();
}

/** URL of the API server of a kubeconfig's current context. */
export function endpointOf(text: string): string {
  return load(text).getCurrentCluster()?.server ?? '';
}

function load(text: string | undefined): KubeConfig {
  const config = new KubeConfig();
  try {
    if (text === undefined) config.loadFromDefault();
    else config.loadFromString(text);
  } catch (error) {
    throw new SlipwayError([{ where: 'kubeconfig', message: `can't be read: ${error instanceof Error ? error.message : String(error)}`, fix: 'give a kubeconfig as kubectl takes it' }]);
  }
  return config;
}
