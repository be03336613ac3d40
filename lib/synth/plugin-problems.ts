import type { KubeObject } from '../manifests/rendered.ts';
import { addOnsOf } from '../model/add-ons.ts';
import type { Fleet } from '../model/fleet.ts';
import { gatewayApiPluginName } from '../model/rollouts-plugins.ts';
import { compareText, type Problem } from '../values/errors.ts';
import { fieldsAt, listAt, textAt } from '../values/fields.ts';

/** Kinds of plugins of Argo Rollouts, and where a Rollout names them. */
const users: Readonly<Record<string, (rollout: KubeObject) => readonly string[]>> = {
  'traffic-router': (rollout) => Object.keys(fieldsAt(rollout, 'spec', 'strategy', 'canary', 'trafficRouting', 'plugins')),
  step: (rollout) => listAt(rollout, 'spec', 'strategy', 'canary', 'steps').flatMap((step) => textAt(step, 'plugin', 'name') ?? []),
};

/**
 * Plugins that Rollouts name and that Argo Rollouts isn't installed with on a cluster where they land: the controller would refuse the Rollout there. Where
 * somebody else installs Argo Rollouts nothing is known of its plugins.
 */
export function pluginProblems(fleet: Pick<Fleet, 'environments' | 'files'>, environment: string, clusters: readonly string[], objects: readonly KubeObject[]): Problem[] {
  const rollouts = objects.filter((object) => object.kind === 'Rollout' && object.apiVersion.startsWith('argoproj.io/'));
  return Object.entries(users).flatMap(([kind, namesIn]) => rollouts.flatMap((rollout) => [...new Set(namesIn(rollout))].sort(compareText).flatMap((name): Problem[] => {
    const without = clusters.filter((cluster) => {
      const addOn = addOnsOf(fleet, { name: cluster }).find((each) => each.name === 'argo-rollouts');
      return addOn !== undefined && !(addOn.plugins ?? []).some((plugin) => plugin.kind === kind && plugin.name === name);
    });
    return without.length === 0 ? [] : [{
      where: `Rollout ${rollout.metadata?.name ?? ''}`,
      message: `expected argo-rollouts with the plugin ${JSON.stringify(name)}, which it uses, got it without on ${[...without].sort(compareText).join(', ')}`,
      fix: `write addOn('argo-rollouts', { plugins: [${name === gatewayApiPluginName ? 'gatewayApiPlugin()' : `{ name: '${name}', kind: '${kind}', location: 'https://…', sha256: '…' }`}] }) into addOns of ${fleet.files.get(`environment/${environment}`) ?? `environments/${environment}.ts`}`,
    }];
  })));
}
