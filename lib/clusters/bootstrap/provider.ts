import type * as pulumi from '@pulumi/pulumi';

/**
 * What Pulumi runs for the bootstrap, in a process of its own that gets this object as text: each function stands alone, refers to nothing
 * outside itself, and hands the work to `slipway/bootstrap`, a program of the same package. Only what identifies the cluster decides
 * whether it runs again; the objects themselves belong to the controller from then on, so nothing here reads, updates or deletes them.
 */
export const bootstrapProvider: pulumi.dynamic.ResourceProvider = {
  async create(inputs: Record<string, unknown>) {
    const { spawn } = process.getBuiltinModule('node:child_process');
    const { createRequire } = process.getBuiltinModule('node:module');
    const { existsSync } = process.getBuiltinModule('node:fs');
    const { dirname, join } = process.getBuiltinModule('node:path');
    let folder = process.cwd();
    while (!existsSync(join(folder, 'Pulumi.yaml')) && dirname(folder) !== folder) folder = dirname(folder);
    const program = createRequire(join(folder, 'Pulumi.yaml')).resolve('slipway/bootstrap');
    const child = spawn(process.execPath, ['--import', 'tsx', program], { cwd: folder, stdio: ['pipe', 'pipe', 'pipe'] });
    const heard = { stdout: '', stderr: '' };
    child.stdout.on('data', (part: Buffer) => (heard.stdout += part.toString('utf8')));
    child.stderr.on('data', (part: Buffer) => (heard.stderr += part.toString('utf8')));
    child.stdin.on('error', () => undefined);
    child.stdin.end(JSON.stringify({ cluster: inputs['cluster'], kubeconfig: inputs['kubeconfig'], adopt: inputs['adopt'] === true, follow: inputs['follow'] !== false }));
    const code = await new Promise<number | null>((resolve, reject) => child.on('error', reject).on('close', resolve));
    if (code !== 0) throw new Error(heard.stderr.trim() === '' ? `the bootstrap ended with exit code ${String(code)}` : heard.stderr.trim());
    return { id: `${String(inputs['cluster'])}/${String(inputs['controller'])}`, outs: { ...inputs, ...(JSON.parse(heard.stdout) as object) } };
  },
  async diff(_id: string, olds: Record<string, unknown>, news: Record<string, unknown>) {
    const replaces = ['cluster', 'contract', 'controller', 'identity'].filter((name) => olds[name] !== news[name]);
    return await Promise.resolve({ changes: replaces.length > 0, replaces, deleteBeforeReplace: true });
  },
};
