import type { Repository } from '../model/repository.ts';

/** The Secret with the config repo's deploy key, beside the controller; the key needs write access. */
export const configRepoSecret = 'config-repo';

/** The folder of a pins file in the config repo. */
export function pinsFolder(path: string, repository: Pick<Repository, 'path'>): string {
  const slash = path.lastIndexOf('/');
  return [repository.path, slash < 0 ? '' : path.slice(0, slash)].filter((part) => part !== '').join('/');
}

/** The message of image automation's commits, a Go template. */
export function updateMessage(subject: string, changes: string, skipCi: boolean): string {
  return `${subject}: newer images${skipCi ? ' [skip ci]' : ''}\n${changes}\n`;
}
