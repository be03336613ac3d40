import { describe, expect, it } from 'vitest';
import { settingProblems } from '../../lib/clusters/setting-problems.ts';
import { describeProblem } from '../../lib/values/errors.ts';
import { runProgram } from './mock-engine.ts';

async function problems(config: Readonly<Record<string, string>>, secretKeys: readonly string[] = []): Promise<string[]> {
  return (await runProgram({ stack: 'blue', config, secretKeys }, settingProblems)).result.map(describeProblem);
}

describe('the settings of a stack', () => {
  it('are fine as they are documented, beside those of others', async () => {
    const secrets = ['slipway:kubeconfig', 'slipway:repositoryToken', 'slipway:secrets'];
    expect(await problems({ 'slipway:kubeconfig': 'x', 'slipway:repositoryToken': 'x', 'slipway:adopt': 'true', 'slipway:secrets': '{"flux-system/sops-age":{"age.agekey":"x"}}', 'aws:region': 'eu-central-1' }, secrets)).toEqual([]);
  });

  it('that nobody reads are named, with what may have been meant', async () => {
    expect(await problems({ 'slipway:repositoryTokn': 'x' })).toEqual([expect.stringMatching(/^slipway:repositoryTokn: expected a setting of a cluster's stack\.\n.*pulumi config rm slipway:repositoryTokn, .*Did you mean "repositoryToken"\? Known: adopt, forge/)]);
  });

  it('that are secret and were set in plain text are refused, without telling them', async () => {
    const [told = '', ...others] = await problems({ 'slipway:repositoryToken': 'the-token' });
    expect(others).toEqual([]);
    expect(told).toMatch(/^slipway:repositoryToken: expected a secret, got plain text.*\n.*pulumi config set --secret slipway:repositoryToken$/);
    expect(told).not.toContain('the-token');
  });

  it.each([
    ['slipway:adopt', 'yes', /^slipway:adopt: expected true or false, got "yes"/],
    ['slipway:forge', ' ', /^slipway:forge: expected a value, got nothing/],
    ['slipway:secrets', 'the-key', /^slipway:secrets: expected texts by <namespace>\/<name>/],
    ['slipway:secrets', '{"sops-age":{"age.agekey":"the-key"}}', /^slipway:secrets: expected texts by <namespace>\/<name>/],
    ['slipway:secrets', '{"flux-system/sops-age":"the-key"}', /^slipway:secrets: expected texts by/],
  ])('of no use are refused: %s %s', async (key, value, message) => {
    const told = await problems({ [key]: value }, ['slipway:secrets']);
    expect(told).toEqual([expect.stringMatching(message)]);
    expect(told.join('')).not.toContain('the-key');
  });

  it('are told all at once', async () => {
    expect(await problems({ 'slipway:z': '1', 'slipway:adopt': '1', 'slipway:kubeconfig': '1' })).toHaveLength(3);
  });
});
