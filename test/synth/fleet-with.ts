import type { Chart } from 'cdk8s';
import { assembleFleet } from '../../lib/model/assemble.ts';
import type { BuildContext } from '../../lib/model/context.ts';
import type { Fleet } from '../../lib/model/fleet.ts';
import { draft, sourcesOf, type Draft } from '../model/sources.ts';

/** The draft fleet with one app, `storefront`, that builds what a test gives. */
export function fleetWith(build: (chart: Chart, context: BuildContext) => void, edit: (draft: Draft) => void = () => undefined): Fleet {
  const edited = draft();
  (edited.apps['storefront'] as Record<string, unknown>)['build'] = build;
  edit(edited);
  const { fleet, problems } = assembleFleet(sourcesOf(edited));
  if (problems.length > 0) throw new Error(`the test's fleet is wrong: ${JSON.stringify(problems)}`);
  return { ...fleet, apps: fleet.apps.filter((app) => app.name === 'storefront') };
}
