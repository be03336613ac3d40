import { mkdir, mkdtemp, readdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import { hostname } from 'node:os';
import { join } from 'node:path';

/** After how long the folder of a run on another machine counts as left behind, in milliseconds: a day. */
const staleAfter = 24 * 3600 * 1000;

/** The folder of the config repo in which Slipway keeps the embedded runtime repo and what its runs need; it ignores itself in Git. */
export async function workFolder(project: string): Promise<string> {
  const folder = join(project, '.slipway');
  await mkdir(folder, { recursive: true });
  const own = join(folder, '.gitignore');
  if (await readFile(own, 'utf8').catch(unlessGone) !== '*\n') {
    const fresh = `${own}-${process.pid}`;
    await writeFile(fresh, '*\n');
    await rename(fresh, own);
  }
  return folder;
}

/** A folder of its own for one run: no lock or index that a killed run leaves behind is ever met again. Clears away what killed runs left. */
export async function makeRunFolder(project: string, now: number): Promise<string> {
  const cache = join(await workFolder(project), 'cache');
  await mkdir(cache, { recursive: true });
  for (const name of await readdir(cache)) {
    const folder = join(cache, name);
    if (name.startsWith('run-') && await isLeftBehind(folder, name, now)) await rm(folder, { recursive: true, force: true });
  }
  return mkdtemp(join(cache, `run-${safeHost()}-${process.pid}-`));
}

async function isLeftBehind(folder: string, name: string, now: number): Promise<boolean> {
  const [, host, pid] = /^run-(.*)-(\d+)-[^-]*$/.exec(name) ?? [];
  if (host === safeHost() && pid !== undefined) return !isAlive(Number(pid));
  const about = await stat(folder).catch(unlessGone);
  return about !== undefined && now - about.mtimeMs > staleAfter;
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return !(error instanceof Error && 'code' in error && error.code === 'ESRCH');
  }
}

function safeHost(): string {
  return hostname().replace(/[^A-Za-z0-9]+/g, '_');
}

function unlessGone(error: NodeJS.ErrnoException): undefined {
  if (error.code !== 'ENOENT') throw error;
}
