import type { Problem } from '../values/errors.ts';

/** Text in which no URL carries a user name or password: what is reported of Git's output and of URLs. */
export function withoutCredentials(text: string): string {
  return text
    .replace(/\b([a-z][a-z0-9+.-]*:\/\/)[^/\s'"<>]*@/gi, '$1')
    .replace(/\b(authorization|proxy-authorization|private-token):\s*\S+(\s+\S+)?/gi, '$1: (hidden)');
}

/** Why a repository's URL is refused; `undefined` when it is fine. A URL with a password is refused without showing it. */
export function repositoryUrlProblem(url: string): Problem | undefined {
  const where = '--repo';
  if (hasCredentials(url)) {
    return {
      where,
      message: `expected a URL without user name and password, got one that carries them (${withoutCredentials(url)})`,
      fix: 'take them out of the URL and give them to Git by a credential helper, an SSH key or GIT_ASKPASS; consider the password as leaked.',
    };
  }
  if (/[\s\x00-\x1f\x7f]/.test(url) || !/^((https?|ssh|git|file):\/\/|\/|[A-Za-z]:[\\/]|\.{1,2}\/|[\w.-]+@[\w.-]+:(?!\/\/)|[\w][\w.-]*:(?![:/]))./.test(url)) {
    return { where, message: `expected a Git URL (https://…, ssh://…, git@host:path, file://…) or a path, got ${JSON.stringify(withoutCredentials(url))}` };
  }
  return undefined;
}

/** Whether a URL holds a secret: any user of http and file, a password of ssh. */
function hasCredentials(url: string): boolean {
  const user = /^([a-z][a-z0-9+.-]*):\/\/([^/]*)@/i.exec(url);
  if (user === null) return false;
  return /^ssh$|\+ssh$|^ssh\+/i.test(user[1] ?? '') ? (user[2] ?? '').includes(':') : true;
}

/** A setting of Git's configuration with the place it comes from. */
export interface GitSetting {
  /** `system`, `global`, `local`, `worktree` or `command`. */
  readonly scope: string;
  /** Section and name in lower case, the subsection as it is written. */
  readonly key: string;
  readonly value: string;
}

/** A rewriting rule of Git's configuration (`url.<base>.insteadOf`) that would put a password into our URL: Git then passes it on as an argument. */
export function rewrittenUrlProblem(url: string, settings: readonly GitSetting[]): Problem | undefined {
  const rule = settings.find(({ key, value }) => {
    const base = /^url\.(.*)\.(insteadof|pushinsteadof)$/.exec(key)?.[1];
    return base !== undefined && hasCredentials(base) && value !== '' && url.startsWith(value);
  });
  return rule === undefined ? undefined : {
    where: `Git configuration (${rule.scope})`,
    message: `expected no password in a rewriting rule, but url.${withoutCredentials(rule.key.slice(4))} applies to ${withoutCredentials(url)} and carries one`,
    fix: 'remove the rule and set a credential helper: Git hands a rewritten URL to its transport as an argument, which every process of the machine can read.',
  };
}

/** Whether two Git URLs name one repository, whatever the protocol. */
export function isSameRepository(a: string, b: string): boolean {
  return placeOf(a) === placeOf(b);
}

function placeOf(url: string): string {
  const web = /^[a-z][a-z0-9+.-]*:\/\/(?:[^/@]*@)?([^/:]*)(?::\d+)?\/(.*)$/i.exec(url);
  const short = web === null ? /^(?:[^/@:]+@)?([^/:@]+):(?!\/\/)(.+)$/.exec(url) : null;
  const [host, path] = [web?.[1] ?? short?.[1] ?? '', web?.[2] ?? short?.[2] ?? url];
  return `${host.toLowerCase()}/${path.replace(/^\/+|\/+$/g, '').replace(/\.git$/, '')}`;
}
