import { describe, expect, it } from 'vitest';
import { planMember } from '../../lib/clusters/hub/plan.ts';
import { assembleFleet } from '../../lib/model/assemble.ts';
import { draft, sourcesOf } from '../model/sources.ts';
import { bareRepo, configRepo, foreignCommit } from '../runtime-repo/fixture.ts';

/** Looks for what the hub delivers to a member in a runtime repo that a person has filled. */
async function planned(files: Readonly<Record<string, string>>): Promise<void> {
  const bare = bareRepo();
  if (Object.keys(files).length > 0) foreignCommit(bare, files);
  const drafted = draft();
  drafted.fleet['runtimeRepo'] = { url: bare };
  for (const environment of Object.values(drafted.environments)) delete environment['runtimeRepo'];
  const { fleet, problems } = assembleFleet(sourcesOf(drafted));
  expect(problems).toEqual([]);
  const member = fleet.clusters.find(({ name }) => name === 'prod-onprem');
  if (member === undefined) throw new Error('expected the member in the fleet');
  await planMember(member, fleet, configRepo());
}

describe('the runtime repo of a member\'s hub', () => {
  it('has what the hub delivers to it', async () => {
    await expect(planned({ 'clusters/prod-eu/members/prod-onprem/kustomization.yaml': 'resources: []\n' })).resolves.toBeUndefined();
  });

  it.each<[string, Readonly<Record<string, string>>, RegExp]>([
    ['is empty', {}, /expected the branch main, found no commit on it\n.*publish first/],
    ['lacks the member', { 'clusters/prod-eu/members/another/kustomization.yaml': 'resources: []\n' }, /^prod-onprem: expected clusters\/prod-eu\/members\/prod-onprem\/ in the runtime repo .*found no such folder\n.*publish the environments of this cluster first/],
  ])('is refused before anything is made where it %s', async (_, files, message) => {
    await expect(planned(files)).rejects.toThrow(message);
  });
});
