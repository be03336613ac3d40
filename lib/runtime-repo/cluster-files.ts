import { textsBelow, type Reading } from './reading.ts';

/** Everything of a commit that lands on a cluster, as text by path: its own folder, the apps of its environments, and the upstream manifests that these build on. */
export async function clusterFiles(reading: Reading, commit: string, cluster: string, environments: readonly string[]): Promise<ReadonlyMap<string, string>> {
  const own = await textsBelow(reading, commit, [`clusters/${cluster}/`, ...environments.map((environment) => `apps/${environment}/`)]);
  const upstream = new Set<string>();
  for (const [path, text] of own) {
    if (!path.endsWith('/kustomization.yaml')) continue;
    for (const [folder] of text.matchAll(/\bupstream\/[^\s"'/]+/g)) upstream.add(`${folder}/`);
  }
  return upstream.size === 0 ? own : new Map([...own, ...await textsBelow(reading, commit, [...upstream].sort())]);
}
