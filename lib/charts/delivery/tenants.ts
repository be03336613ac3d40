import type { Tenant } from '../../controllers/controller.ts';
import type { Cluster } from '../../model/cluster.ts';
import { namespaceFor } from '../../model/environment.ts';
import type { ExternalApp } from '../../model/external-app.ts';
import { compareText } from '../../values/errors.ts';
import type { FleetMap } from './fleet-map.ts';

/** Who delivers to which namespaces of some clusters, sorted by team, cluster and namespace: each once. */
export function tenantsOf(map: FleetMap, clusters: readonly Cluster[]): Tenant[] {
  return clusters.flatMap((cluster) => tenantsOn(map, cluster)).sort((a, b) => compareText(a.team, b.team) || compareText(a.cluster.name, b.cluster.name) || compareText(a.namespace, b.namespace));
}

function tenantsOn(map: FleetMap, cluster: Cluster): Tenant[] {
  const sources = new Map<string, { readonly team: string; readonly namespace: string; readonly urls: Set<string> }>();
  const at = (team: string, namespace: string): Set<string> => {
    const key = `${team}/${namespace}`;
    const known = sources.get(key) ?? { team, namespace, urls: new Set<string>() };
    sources.set(key, known);
    return known.urls;
  };
  for (const environment of map.environmentsOn(cluster)) {
    for (const app of map.appsOn(environment, cluster)) at(app.team, namespaceFor(environment, app));
  }
  for (const app of map.externalOn(cluster)) {
    const urls = at(app.team, app.namespace);
    for (const url of sourcesOf(app)) urls.add(url);
  }
  return [...sources.values()].map(({ team, namespace, urls }) => ({ team, cluster, namespace, sources: [...urls].sort(compareText) }));
}

function sourcesOf(app: ExternalApp): string[] {
  return app.sources.map((source) => (source.kind === 'git' ? source.url : source.repo));
}
