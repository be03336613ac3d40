import { runProgram } from '../runtime-repo/git.ts';
import { SlipwayError } from '../values/errors.ts';
import { listAt } from '../values/fields.ts';

/** How the API servers are reached. */
export interface KubectlOptions {
  /** Folder in which it runs. */
  readonly cwd: string;
  /** A kubeconfig file. @default - what kubectl itself finds: KUBECONFIG, else ~/.kube/config */
  readonly kubeconfig?: string;
  /** The program. @default 'kubectl' */
  readonly binary?: string;
  /** The environment from which it takes its own configuration and credentials. @default - the process's */
  readonly env?: Readonly<Record<string, string | undefined>>;
}

/** One context of a kubeconfig. */
export interface KubeContext {
  readonly name: string;
  /** Runs kubectl there. @throws SlipwayError when it fails */
  run(args: readonly string[]): Promise<string>;
  /** Reads objects as JSON. Of kinds that the server doesn't serve there are none. @throws SlipwayError when the server can't be asked */
  list(kinds: readonly string[], args: readonly string[]): Promise<readonly unknown[]>;
}

/** The door to API servers: the user's own kubectl, which knows every way to log in that a kubeconfig names. */
export interface Kubectl {
  /** Names of the contexts, and of the current one. */
  contexts(): Promise<{ readonly names: readonly string[]; readonly current: string | undefined }>;
  at(context: string): KubeContext;
}

/** kubectl as a program: arguments as a list, no shell. */
export function kubectl(options: KubectlOptions): Kubectl {
  const binary = options.binary ?? 'kubectl';
  const base = options.kubeconfig === undefined ? [] : ['--kubeconfig', options.kubeconfig];
  const run = async (args: readonly string[]): Promise<string> => {
    const { code, stdout, stderr } = await runProgram(binary, [...base, ...args], { cwd: options.cwd, env: options.env ?? process.env });
    if (code !== 0) throw SlipwayError.of(`kubectl ${args.filter((arg) => !arg.startsWith('-')).slice(0, 3).join(' ')}`, `failed with exit code ${code}: ${stderr.trim().split('\n').slice(-4).join(' ')}`);
    return stdout.toString('utf8');
  };
  return {
    async contexts() {
      const names = (await run(['config', 'get-contexts', '--output=name'])).split('\n').filter((name) => name !== '');
      const current = names.length === 0 ? '' : (await run(['config', 'view', '--output=jsonpath={.current-context}'])).trim();
      return { names, current: current === '' ? undefined : current };
    },
    at(name) {
      const there = (args: readonly string[]): Promise<string> => run(['--context', name, '--request-timeout=30s', ...args]);
      const list = async (kinds: readonly string[], args: readonly string[]): Promise<readonly unknown[]> => {
        if (kinds.length === 0) return [];
        try {
          return listAt(JSON.parse(await there(['get', kinds.join(','), ...args, '--ignore-not-found', '--output=json']) || '{}'), 'items');
        } catch (error) {
          // One kind that isn't served fails the whole request: each is then asked for by itself, and that one has no objects.
          const unserved = error instanceof SlipwayError && /doesn't have a resource type|could not find the requested resource/.test(error.message);
          if (!unserved) throw error;
          if (kinds.length === 1) return [];
          const each = await Promise.all(kinds.map((kind) => list([kind], args)));
          return each.flat();
        }
      };
      return { name, run: there, list };
    },
  };
}
