import type * as pulumi from '@pulumi/pulumi';

/** What a program of this package said. */
export interface Heard {
  readonly stdout: string;
  readonly stderr: string;
}

/** A provider of dynamic resources whose work is done by a program of this package. */
export interface ProgramProvider extends pulumi.dynamic.ResourceProvider {
  /**
   * Runs a program that the package exports, such as `slipway/bootstrap`, in the project's folder. The request goes to its standard input as
   * JSON, so that nothing secret is an argument or a variable. @throws Error with what the program wrote to standard error
   */
  ask(program: string, request: Record<string, unknown>): Promise<Heard>;
}

/**
 * What such providers share. Pulumi keeps a provider as text and runs it in a process of its own: each function of it stands alone and
 * refers to nothing outside the provider, so that this is spread into each of them.
 */
export const packageProgram: Pick<ProgramProvider, 'ask'> = {
  async ask(program: string, request: Record<string, unknown>) {
    const { spawn } = process.getBuiltinModule('node:child_process');
    const { createRequire } = process.getBuiltinModule('node:module');
    const { existsSync } = process.getBuiltinModule('node:fs');
    const { dirname, join } = process.getBuiltinModule('node:path');
    let folder = process.cwd();
    while (!existsSync(join(folder, 'Pulumi.yaml')) && dirname(folder) !== folder) folder = dirname(folder);
    const file = createRequire(join(folder, 'Pulumi.yaml')).resolve(program);
    const child = spawn(process.execPath, ['--import', 'tsx', file], { cwd: folder, stdio: ['pipe', 'pipe', 'pipe'] });
    const heard = { stdout: '', stderr: '' };
    child.stdout.on('data', (part: Buffer) => (heard.stdout += part.toString('utf8')));
    child.stderr.on('data', (part: Buffer) => (heard.stderr += part.toString('utf8')));
    child.stdin.on('error', () => undefined);
    child.stdin.end(JSON.stringify(request));
    const code = await new Promise<number | null>((resolve, reject) => child.on('error', reject).on('close', resolve));
    if (code !== 0) throw new Error(heard.stderr.trim() === '' ? `${program} ended with exit code ${String(code)}` : heard.stderr.trim());
    return heard;
  },
};
