import * as pulumi from '@pulumi/pulumi';
import type { Problem } from '../values/errors.ts';
import { isFields } from '../values/fields.ts';
import { didYouMean } from '../values/suggest.ts';
import type { StackSettings } from './settings.ts';

/** Each setting of a stack, and whether it has to be a secret. */
const settings: Readonly<Record<keyof StackSettings, 'plain' | 'secret'>> = {
  adopt: 'plain',
  forge: 'plain',
  forgeApi: 'plain',
  forgeToken: 'secret',
  githubAppPrivateKey: 'secret',
  hubKubeconfig: 'secret',
  hubRole: 'plain',
  hubStack: 'plain',
  knownHosts: 'plain',
  kubeconfig: 'secret',
  repositoryToken: 'secret',
  repositoryUser: 'plain',
  secrets: 'secret',
};

/** Whether the engine marked a setting as secret. The package exports it and leaves it out of its types. */
const { isConfigSecret } = pulumi.runtime as typeof pulumi.runtime & { isConfigSecret(key: string): boolean };

/** What is wrong with the stack's config itself: names that nobody reads, secrets in plain text, values of no use. No value is told. */
export function settingProblems(): Problem[] {
  const config = Object.entries(pulumi.runtime.allConfig()).filter(([key]) => key.startsWith('slipway:'));
  return config.sort(([a], [b]) => (a < b ? -1 : 1)).flatMap(([key, value]): Problem[] => {
    const name = key.slice('slipway:'.length);
    if (!Object.hasOwn(settings, name)) return [{ where: key, message: 'expected a setting of a cluster\'s stack.', fix: `pulumi config rm ${key}, and set the one that is meant.${didYouMean(name, Object.keys(settings))}` }];
    if (settings[name as keyof StackSettings] === 'secret' && !isConfigSecret(key)) return [{ where: key, message: 'expected a secret, got plain text, which lies in the stack\'s file for everybody to read', fix: `revoke what it opens, and give a new one: pulumi config set --secret ${key}` }];
    return valueProblems(name, value).map((message) => ({ where: key, message, fix: 'docs/clusters.md, "The stack\'s settings"' }));
  });
}

function valueProblems(name: string, value: string): string[] {
  if (name === 'adopt') return value === 'true' || value === 'false' ? [] : [`expected true or false, got ${JSON.stringify(value)}`];
  if (name === 'secrets') return isSecrets(value) ? [] : ['expected texts by <namespace>/<name> of a Secret and by key, got something else'];
  return value.trim() === '' ? ['expected a value, got nothing'] : [];
}

/** Whether a text is JSON of Secrets: by `<namespace>/<name>`, then by key. */
function isSecrets(text: string): boolean {
  let parsed: unknown;
  try {
    parsed = JSON.parse(text);
  } catch {
    return false;
  }
  return isFields(parsed) && Object.entries(parsed).every(([name, keys]) => /^[^/]+\/[^/]+$/.test(name) && isFields(keys) && Object.values(keys).every((value) => typeof value === 'string'));
}
