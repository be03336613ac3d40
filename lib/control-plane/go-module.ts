import { mkdir } from 'node:fs/promises';
import { SlipwayError } from '../values/errors.ts';
import { cacheFolder } from './build.ts';
import { run } from './run-program.ts';

/** A Go module at one version, wanted for the files that it carries. */
export interface GoModule {
  readonly module: string;
  readonly version: string;
  /** The module's checksum, as in a go.sum. */
  readonly sum: string;
}

/** The folder of a module's files, downloaded unless Go has it. @throws SlipwayError when it cannot be had or its checksum differs */
export async function moduleFolder({ module, version, sum }: GoModule): Promise<string> {
  const cwd = cacheFolder();
  await mkdir(cwd, { recursive: true });
  // The checksum of the caller is what we trust; no other is asked for.
  const env = { ...process.env, GO111MODULE: 'on', GOFLAGS: '-mod=mod', GOWORK: 'off', GONOSUMDB: '*' };
  const { stdout, stderr } = await run('go', ['mod', 'download', '-json', `${module}@${version}`], { cwd, env });
  const answer = JSON.parse(stdout || '{}') as { readonly Dir?: string; readonly Sum?: string; readonly Error?: string };
  const where = `${module}@${version}`;
  if (answer.Dir === undefined) throw SlipwayError.of(where, `the Go module can't be downloaded: ${(answer.Error ?? stderr).trim()}`, 'see that `go env GOPROXY` names a proxy that this machine reaches, and run it again');
  if (answer.Sum !== sum) throw SlipwayError.of(where, `expected the checksum ${sum}, got ${answer.Sum}`, 'somebody changed the module under its version: find out who before anything of it runs');
  return answer.Dir;
}
