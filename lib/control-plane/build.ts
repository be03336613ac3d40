import { spawn } from 'node:child_process';
import { createHash, randomBytes } from 'node:crypto';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { mkdir, open, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { homedir, userInfo, setPriority } from 'node:os';
import { basename, isAbsolute, join } from 'node:path';
import { SlipwayError } from '../values/errors.ts';
import { components, type Component, type ComponentName } from './components.ts';

/** A component that stands ready in the cache. */
export interface Built {
  readonly name: string;
  /** Such as `1.35.4`; empty for a tool of our own. */
  readonly version: string;
  /** The folder with its binaries. */
  readonly folder: string;
}

/** This machine cannot build a component; the message names it, the cause and the log. */
export class ComponentUnavailable extends SlipwayError {
  readonly component: string;

  constructor(component: string, message: string, fix?: string) {
    super([{ where: component, message, ...(fix !== undefined && { fix }) }]);
    this.name = 'ComponentUnavailable';
    this.component = component;
  }
}

/** Stands beside the binaries and says in how many seconds they were built. */
const timeFile = 'build-seconds';
const noGo = 'go does not start';
const builds = new Map<string, Promise<Built>>();

/** The folder that keeps what was built: `SLIPWAY_E2E_CACHE`, else `slipway/e2e` in the user's cache folder. */
export function cacheFolder(): string {
  const named = process.env['SLIPWAY_E2E_CACHE'];
  if (named !== undefined && named !== '') return named;
  const base = process.env['XDG_CACHE_HOME'];
  return join(base !== undefined && isAbsolute(base) ? base : join(homedir() || userInfo().homedir, '.cache'), 'slipway', 'e2e');
}

/** Builds a component unless the cache has it. Safe beside other builds of the same: the first one done is kept. @throws ComponentUnavailable */
export function build(name: ComponentName): Promise<Built> {
  return buildFrom(name, components[name]);
}

/** Builds a program that isn't listed among the components, in the same way. @throws ComponentUnavailable */
export function buildFrom(name: string, component: Component): Promise<Built> {
  const known = builds.get(name) ?? buildOnce(name, component);
  builds.set(name, known);
  return known;
}

/** The folder in the cache that has a component, or would have it. */
export function builtFolder(name: string, component: Component): string {
  const version = versionOf(component);
  return join(cacheFolder(), [name, version, fingerprint(component, flagsOf(component, version))].filter((part) => part !== '').join('-'));
}

/** How long the build of a component took that stands in the cache; undefined where that isn't known. */
export function buildSeconds(name: string, component: Component): number | undefined {
  const path = join(builtFolder(name, component), timeFile);
  return existsSync(path) ? Number(readFileSync(path, 'utf8')) : undefined;
}

/** The path of a binary of a built component. */
export function binary(built: Built, name: string): string {
  return join(built.folder, name);
}

/** The version that a component's go.mod pins; empty for a tool of our own. */
export function versionOf(component: Component): string {
  if (component.module === undefined) return '';
  const goMod = readFileSync(join(component.folder, 'go.mod'), 'utf8');
  const line = goMod.split('\n').find((text) => text.trim().startsWith(`${component.module} v`));
  if (line === undefined) throw new Error(`${component.folder}/go.mod: expected a line that requires ${component.module}`);
  return line.trim().split(/\s+/)[1]!.slice(1);
}

async function buildOnce(name: string, component: Component): Promise<Built> {
  const version = versionOf(component);
  const folder = builtFolder(name, component);
  if (!existsSync(folder)) await compile(name, component, flagsOf(component, version), folder);
  return { name, version, folder };
}

function flagsOf(component: Component, version: string): string[] {
  return ['-s', '-w', ...(component.linkFlags?.(version) ?? [])];
}

/** Twelve digits that change with whatever the binaries are made from. */
function fingerprint(component: Component, flags: readonly string[]): string {
  const hash = createHash('sha256').update(JSON.stringify([process.platform, process.arch, component.binaries, flags]));
  const source = component.folder;
  for (const file of readdirSync(source).sort()) hash.update(`\0${file}\0`).update(readFileSync(join(source, file)));
  return hash.digest('hex').slice(0, 12);
}

async function compile(name: string, component: Component, flags: readonly string[], folder: string): Promise<void> {
  const packages = Object.values(component.binaries);
  const unfinished = `${folder}.${process.pid}-${randomBytes(4).toString('hex')}`;
  const log = `${unfinished}.log`;
  await mkdir(unfinished, { recursive: true });
  const start = performance.now();
  const args = ['build', '-buildvcs=false', `-ldflags=${flags.join(' ')}`, '-o', `${unfinished}/`, ...packages];
  let failure: string | undefined;
  // A second try, since a network is not always there; what the first one compiled is in Go's own cache.
  for (let attempt = 1; attempt <= 2; attempt += 1) {
    failure = await runGo(args, component.folder, log);
    if (failure === undefined || failure.includes(noGo)) break;
  }
  if (failure !== undefined) {
    const tail = (await readFile(log, 'utf8')).trim().split('\n').slice(-5).join('\n');
    await rm(unfinished, { recursive: true, force: true });
    if (tail === '') await rm(log);
    const where = tail === '' ? '' : ` (log: ${log})\n${tail}`;
    throw new ComponentUnavailable(name, `cannot be built on this machine: ${failure}${where}`);
  }
  for (const [file, from] of Object.entries(component.binaries)) {
    const made = join(unfinished, goName(from, component));
    if (made !== join(unfinished, file)) await rename(made, join(unfinished, file));
  }
  await writeFile(join(unfinished, timeFile), ((performance.now() - start) / 1000).toFixed(1));
  await keep(unfinished, folder);
  await rm(log, { force: true });
}

/** Runs go; the answer is what went wrong. Other work on the machine goes first: this may take minutes. */
async function runGo(args: readonly string[], cwd: string, log: string): Promise<string | undefined> {
  const output = await open(log, 'a');
  try {
    return await new Promise((resolve) => {
      const env = { ...process.env, GOFLAGS: '-mod=readonly', GOWORK: 'off' };
      const go = spawn('go', args, { cwd, env, stdio: ['ignore', output.fd, output.fd] });
      go.on('spawn', () => setPriority(go.pid!, 10));
      go.on('error', (error) => resolve(`${noGo} (${error.message}); install Go 1.26 or newer`));
      go.on('close', (code, signal) => resolve(code === 0 ? undefined : `go build ended with ${code ?? signal}`));
    });
  } finally {
    await output.close();
  }
}

/** The file name that `go build` gives a package: its last part that is not a major version. */
function goName(from: string, component: Component): string {
  if (from === '.') return basename(component.folder);
  return from.split('/').filter((part) => !/^v\d+$/.test(part)).at(-1)!;
}

/** Moves the finished folder into its place, unless another build was first. */
async function keep(unfinished: string, folder: string): Promise<void> {
  try {
    await rename(unfinished, folder);
  } catch (error) {
    await rm(unfinished, { recursive: true, force: true });
    if (!existsSync(folder)) throw error;
  }
}
