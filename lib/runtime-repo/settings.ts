import type { GitSetting } from './url.ts';

/** Who a commit is by. */
export interface Identity {
  readonly name: string;
  readonly email: string;
}

/** Git's own identity where one is configured, in Git's order (environment, author.*, user.*); else Slipway's. */
export function identityOf(role: 'author' | 'committer', settings: readonly GitSetting[], env: Readonly<Record<string, string | undefined>>): Identity {
  const setting = (key: string): string | undefined => settings.filter((entry) => entry.key === key).at(-1)?.value;
  const upper = role.toUpperCase();
  const name = env[`GIT_${upper}_NAME`] ?? setting(`${role}.name`) ?? setting('user.name');
  const email = env[`GIT_${upper}_EMAIL`] ?? setting(`${role}.email`) ?? setting('user.email') ?? env['EMAIL'];
  return name !== undefined && name !== '' && email !== undefined && email !== '' ? { name, email } : { name: 'Slipway', email: 'slipway@localhost' };
}

/**
 * Variables that hand the config repo's own credential settings to Git where it works on the runtime repo: CI systems keep a token in the checkout's
 * `.git/config`, which a clone elsewhere wouldn't see. They go by Git's GIT_CONFIG_COUNT, which no argument and no file shows.
 */
export function credentialVariables(settings: readonly GitSetting[], env: Readonly<Record<string, string | undefined>>): Record<string, string> {
  const local = settings.filter(({ scope, key }) => (scope === 'local' || scope === 'worktree') && /^(credential\.|http\.|core\.sshcommand$|url\..*\.(pushinsteadof|insteadof)$)/.test(key));
  const first = /^\d+$/.test(env['GIT_CONFIG_COUNT'] ?? '') ? Number(env['GIT_CONFIG_COUNT']) : 0;
  if (local.length === 0) return {};
  return Object.fromEntries([
    ['GIT_CONFIG_COUNT', String(first + local.length)],
    ...local.flatMap(({ key, value }, i) => [[`GIT_CONFIG_KEY_${first + i}`, key], [`GIT_CONFIG_VALUE_${first + i}`, value]]),
  ]) as Record<string, string>;
}
