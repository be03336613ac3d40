import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { access, mkdir, open, readFile, rm, writeFile } from 'node:fs/promises';
import { homedir, userInfo, tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

const run = promisify(execFile);

/** The folder of the Python apps that the start tests serve. */
export const pythonFolder = fileURLToPath(new URL('./python/', import.meta.url));

/** A virtual environment with the packages of requirements.txt, or why there is none. */
export type Venv = { readonly folder: string; readonly python: string; readonly why?: undefined } | { readonly folder?: undefined; readonly python?: undefined; readonly why: string };

const interpreters = ['python3', 'python3.14', 'python3.13', 'python3.12', 'python3.11', 'python'];
const oldest = [3, 11] as const;

/**
 * The virtual environment, made once per content of requirements.txt and interpreter and kept in the user's cache. Where there is no
 * Python (or no package index) the answer says so; in continuous integration (CI=true) that is an error instead.
 */
export async function pythonVenv(): Promise<Venv> {
  const venv = await tryVenv();
  if (venv.why !== undefined && process.env['CI'] === 'true') throw new Error(`the start tests need Python in continuous integration: ${venv.why}`);
  return venv;
}

async function tryVenv(): Promise<Venv> {
  const python = await findPython();
  if (python === undefined) return { why: `no Python of at least ${oldest.join('.')} on PATH` };
  const requirements = await readFile(join(pythonFolder, 'requirements.txt'), 'utf8');
  const hash = createHash('sha256').update(`${python.version}\n${requirements}`).digest('hex').slice(0, 16);
  const cache = await writableFolder();
  const folder = join(cache, `venv-${hash}`);
  const release = await lock(`${folder}.lock`);
  try {
    if (await exists(join(folder, 'complete'))) return { folder, python: python.version };
    await rm(folder, { recursive: true, force: true });
    await run(python.path, ['-m', 'venv', folder]);
    await run(join(folder, 'bin', 'python'), ['-m', 'pip', 'install', '--quiet', '--disable-pip-version-check', '-r', join(pythonFolder, 'requirements.txt')]);
    await writeFile(join(folder, 'complete'), '');
    return { folder, python: python.version };
  } catch (error) {
    return { why: `the packages of requirements.txt could not be installed: ${firstLines(error)}` };
  } finally {
    await release();
  }
}

async function findPython(): Promise<{ readonly path: string; readonly version: string } | undefined> {
  for (const path of interpreters) {
    const version = await run(path, ['-c', 'import sys; print("%d.%d.%d" % sys.version_info[:3])']).then(({ stdout }) => stdout.trim(), () => undefined);
    const [major = 0, minor = 0] = (version ?? '').split('.').map(Number);
    if (version !== undefined && (major > oldest[0] || (major === oldest[0] && minor >= oldest[1]))) return { path, version };
  }
  return undefined;
}

async function writableFolder(): Promise<string> {
  // An empty HOME is no folder: userInfo asks the system then.
  const wanted = join(process.env['XDG_CACHE_HOME'] || join(homedir() || userInfo().homedir, '.cache'), 'slipway');
  return mkdir(wanted, { recursive: true }).then(() => wanted, async () => {
    const other = join(tmpdir(), 'slipway');
    await mkdir(other, { recursive: true });
    return other;
  });
}

/** Takes a lock file, waiting while the process that holds it lives; two test files may want the environment at once. */
async function lock(path: string): Promise<() => Promise<void>> {
  for (;;) {
    const file = await open(path, 'wx').catch((error: NodeJS.ErrnoException) => {
      if (error.code === 'EEXIST') return undefined;
      throw error;
    });
    if (file !== undefined) {
      await file.writeFile(String(process.pid));
      await file.close();
      return () => rm(path, { force: true });
    }
    const holder = Number(await readFile(path, 'utf8').catch(() => ''));
    if (holder > 0 && !isAlive(holder)) await rm(path, { force: true });
    else await sleep(200);
  }
}

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

function exists(path: string): Promise<boolean> {
  return access(path).then(() => true, () => false);
}

function firstLines(error: unknown): string {
  const text = typeof error === 'object' && error !== null && 'stderr' in error ? String(error.stderr) : String(error);
  return text.trim().split('\n').slice(-2).join(' ');
}
