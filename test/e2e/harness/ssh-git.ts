import { spawn } from 'node:child_process';
import { mkdtemp, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { binary } from '../../../lib/control-plane/build.ts';
import { runFolder } from '../../../lib/control-plane/plane.ts';
import { run, runOk, type Output } from '../../../lib/control-plane/run-program.ts';
import { build } from './build.ts';

/** A public key that is let in, and what it may do. */
export interface LetIn {
  readonly key: string;
  readonly readOnly: boolean;
}

/** A key pair as Pulumi makes one: ed25519, the private part in OpenSSH's format. */
export interface KeyPair {
  readonly publicKey: string;
  /** Path of the private part. */
  readonly file: string;
}

/** A Git server over SSH on this machine, which lets in whom it is told to at that moment. */
export interface SshGit {
  /** The URL of a repository in its folder. */
  url(repository: string): string;
  letIn(keys: readonly LetIn[]): Promise<void>;
  /** A new key pair. */
  keyPair(comment: string): Promise<KeyPair>;
  /** Runs Git with a key alone, as a controller does. */
  git(key: KeyPair, ...args: readonly string[]): Promise<Output>;
  stop(): Promise<void>;
}

/** Serves the bare repositories of a folder. */
export async function startSshGit(folder: string): Promise<SshGit> {
  const own = await mkdtemp(join(await runFolder(), 'ssh-git-'));
  const [keys, knownHosts] = [join(own, 'keys'), join(own, 'known_hosts')];
  await writeFile(keys, '');
  const child = spawn(binary(await build('sshgit'), 'sshgit'), [folder, keys], { stdio: ['pipe', 'pipe', 'inherit'], env: { PATH: process.env['PATH'], HOME: own, GIT_CONFIG_NOSYSTEM: '1' } });
  const ended = new Promise<void>((resolve) => child.on('close', () => resolve()));
  const { port, hostKey } = JSON.parse(String((await createInterface({ input: child.stdout })[Symbol.asyncIterator]().next()).value)) as { readonly port: number; readonly hostKey: string };
  await writeFile(knownHosts, `[127.0.0.1]:${port} ${hostKey}\n`);
  return {
    url: (repository) => `ssh://git@127.0.0.1:${port}/${repository}`,
    letIn: (all) => writeFile(keys, all.map(({ key, readOnly }) => `${readOnly ? 'read' : 'write'} ${key}\n`).join('')),
    async keyPair(comment) {
      const file = join(await mkdtemp(join(own, 'key-')), 'id');
      await runOk('ssh-keygen', ['-q', '-t', 'ed25519', '-N', '', '-C', comment, '-f', file]);
      return { file, publicKey: (await readFile(`${file}.pub`, 'utf8')).trim() };
    },
    git: ({ file }, ...args) => run('git', args, { cwd: own, env: { PATH: process.env['PATH'], HOME: own, GIT_CONFIG_NOSYSTEM: '1', GIT_TERMINAL_PROMPT: '0', GIT_SSH_COMMAND: `ssh -F /dev/null -i ${file} -o IdentitiesOnly=yes -o IdentityAgent=none -o BatchMode=yes -o StrictHostKeyChecking=yes -o UserKnownHostsFile=${knownHosts}` } }),
    async stop() {
      child.stdin.end();
      await ended;
    },
  };
}
