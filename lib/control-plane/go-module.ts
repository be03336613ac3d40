import { mkdir } from 'node:fs/promises';
import { cacheFolder } from './build.ts';
import { run } from './run-program.ts';

/** A Go module at one version, wanted for the files that it carries. */
export interface GoModule {
  readonly module: string;
  readonly version: string;
  /** The module's checksum, as in a go.sum. */
  readonly sum: string;
}

/** The folder of a module's files, downloaded unless Go has it. @throws when it cannot be had or its checksum differs */
export async function moduleFolder({ module, version, sum }: GoModule): Promise<string> {
  const cwd = cacheFolder();
  await mkdir(cwd, { recursive: true });
  // The checksum of the caller is what we trust; no other is asked for.
  const env = { ...process.env, GO111MODULE: 'on', GOFLAGS: '-mod=mod', GOWORK: 'off', GONOSUMDB: '*' };
  const { stdout, stderr } = await run('go', ['mod', 'download', '-json', `${module}@${version}`], { cwd, env });
  const answer = JSON.parse(stdout || '{}') as { readonly Dir?: string; readonly Sum?: string; readonly Error?: string };
  if (answer.Dir === undefined) throw new Error(`${module}@${version} cannot be downloaded: ${answer.Error ?? stderr}`);
  if (answer.Sum !== sum) throw new Error(`${module}@${version}: expected the checksum ${sum}, got ${answer.Sum}`);
  return answer.Dir;
}
