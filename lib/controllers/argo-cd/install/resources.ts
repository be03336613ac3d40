import { toYaml } from '../../../manifests/yaml.ts';
import type { ArgoCdResources } from '../../../model/argo-cd/resources.ts';
import { applicationHealth } from './application-health.ts';
import { usualExclusions, usualIgnoredUpdates } from './usual-filters.ts';

type Customization = ArgoCdResources['kinds'][string];
type Fields = { readonly jsonPointers: readonly string[]; readonly jqPathExpressions: readonly string[]; readonly managedFieldsManagers?: readonly string[] };

const applicationKind = 'argoproj.io/Application';

/** Data of `argocd-cm` by which Argo CD tells, watches and judges objects. */
export function resourceData(resources: ArgoCdResources): Record<string, string> {
  const kinds: Record<string, Customization> = { ...resources.kinds, [applicationKind]: { health: applicationHealth, ...resources.kinds[applicationKind] } };
  return {
    'application.resourceTrackingMethod': resources.tracking,
    ...customizations('all', resources.everyKind),
    ...Object.fromEntries(Object.entries(kinds).flatMap(([kind, customization]) => Object.entries(customizations(kind.replace('/', '_'), customization)))),
    ...(resources.exclusions.length > 0 && { 'resource.exclusions': toYaml([...usualExclusions, ...resources.exclusions.map(filter)]) }),
    ...(resources.inclusions.length > 0 && { 'resource.inclusions': toYaml(resources.inclusions.map(filter)) }),
  };
}

function customizations(key: string, customization: Customization): Record<string, string> {
  const { actions, health, ignoreDifferences, ignoreResourceUpdates, knownTypeFields, openLibs } = customization;
  const texts: Readonly<Record<string, string | undefined>> = {
    actions: actions === undefined ? undefined : toYaml({
      'discovery.lua': actions.discovery,
      definitions: Object.entries(actions.definitions).map(([name, lua]) => ({ name, 'action.lua': lua })),
    }),
    health,
    ignoreDifferences: ignoreDifferences === undefined ? undefined : fieldsYaml(ignoreDifferences),
    ignoreResourceUpdates: ignoreResourceUpdates === undefined ? undefined : fieldsYaml(withUsual(key, ignoreResourceUpdates)),
    knownTypeFields: knownTypeFields === undefined ? undefined : toYaml(knownTypeFields),
    useOpenLibs: openLibs === undefined ? undefined : String(openLibs),
  };
  return Object.fromEntries(Object.entries(texts).flatMap(([type, text]) => (text === undefined ? [] : [[`resource.customizations.${type}.${key}`, text]])));
}

/** A key of the ConfigMap is one text: what is added to a kind of which upstream ignores fields repeats those. */
function withUsual(key: string, fields: Fields): Fields {
  const usual = usualIgnoredUpdates[key];
  return {
    jsonPointers: [...new Set([...(usual?.jsonPointers ?? []), ...fields.jsonPointers])],
    jqPathExpressions: [...new Set([...(usual?.jqPathExpressions ?? []), ...fields.jqPathExpressions])],
  };
}

function fieldsYaml(fields: Fields): string {
  return toYaml(Object.fromEntries(Object.entries(fields).filter(([, list]) => list.length > 0)));
}

function filter({ apiGroups, kinds, clusters }: ArgoCdResources['exclusions'][number]): object {
  return { apiGroups, kinds, ...(clusters.length > 0 && { clusters }) };
}
