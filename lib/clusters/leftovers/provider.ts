import type * as pulumi from '@pulumi/pulumi';

/**
 * What Pulumi runs for the guard, in a process of its own that gets this object as text: each function stands alone, refers to nothing outside
 * itself, and hands the look at the cluster to `slipway/leftovers`, a program of the same package. Making and changing it only keeps how
 * the cluster is reached; what counts is that it can't be deleted while something would be left behind.
 */
export const leftoversProvider: pulumi.dynamic.ResourceProvider = {
  async create(inputs: Record<string, unknown>) {
    return await Promise.resolve({ id: `${String(inputs['cluster'])}/leftovers`, outs: { ...inputs } });
  },
  async diff(_id: string, olds: Record<string, unknown>, news: Record<string, unknown>) {
    const replaces = ['cluster', 'identity'].filter((name) => olds[name] !== news[name]);
    return await Promise.resolve({ changes: replaces.length > 0 || olds['kubeconfig'] !== news['kubeconfig'], replaces, deleteBeforeReplace: false });
  },
  async update(_id: string, _olds: Record<string, unknown>, news: Record<string, unknown>) {
    return await Promise.resolve({ outs: { ...news } });
  },
  async delete(_id: string, state: Record<string, unknown>) {
    const { spawn } = process.getBuiltinModule('node:child_process');
    const { createRequire } = process.getBuiltinModule('node:module');
    const { existsSync } = process.getBuiltinModule('node:fs');
    const { dirname, join } = process.getBuiltinModule('node:path');
    let folder = process.cwd();
    while (!existsSync(join(folder, 'Pulumi.yaml')) && dirname(folder) !== folder) folder = dirname(folder);
    const program = createRequire(join(folder, 'Pulumi.yaml')).resolve('slipway/leftovers');
    const child = spawn(process.execPath, ['--import', 'tsx', program], { cwd: folder, stdio: ['pipe', 'ignore', 'pipe'] });
    let heard = '';
    child.stderr.on('data', (part: Buffer) => (heard += part.toString('utf8')));
    child.stdin.on('error', () => undefined);
    child.stdin.end(JSON.stringify({ cluster: state['cluster'], kubeconfig: state['kubeconfig'] }));
    const code = await new Promise<number | null>((resolve, reject) => child.on('error', reject).on('close', resolve));
    if (code !== 0) throw new Error(heard.trim() === '' ? `the look for leftovers ended with exit code ${String(code)}` : heard.trim());
    // Pulumi shows what its providers write there.
    process.stderr.write(heard);
  },
};
