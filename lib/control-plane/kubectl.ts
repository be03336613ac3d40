import { join } from 'node:path';
import { binary, build } from './build.ts';
import { runOk, type Output, type RunOptions } from './run-program.ts';

/** A kubectl bound to one server. Its home is the plane's folder: nobody's own settings or caches are read or written. */
export async function createKubectl(
  kubeconfig: string,
  home: string,
): Promise<(args: readonly string[], options?: RunOptions) => Promise<Output>> {
  const path = binary(await build('kubernetes'), 'kubectl');
  const env = { PATH: process.env['PATH'], HOME: home, KUBECONFIG: kubeconfig, KUBECACHEDIR: join(home, 'kubectl-cache') };
  return (args, options) => runOk(path, args, { env, ...options });
}
