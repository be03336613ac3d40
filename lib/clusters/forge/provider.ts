import type * as pulumi from '@pulumi/pulumi';

/** The provider with the function that its others share. */
interface RegistrationProvider extends pulumi.dynamic.ResourceProvider {
  /** Hands a request to `slipway/deploy-key`, a program of the same package, by standard input. */
  ask(request: Record<string, unknown>): Promise<Record<string, unknown>>;
}

/**
 * What Pulumi runs for the registration of a deploy key, in a process of its own that gets this object as text: its functions refer to
 * nothing outside it. The key and its repository identify a registration; another token changes nothing at the forge, unless the key
 * went with the old one (GitHub deletes the deploy keys of a personal token that is deleted). The new key is registered before the old
 * one is removed. One that was removed at the forge, or may write by now, is registered again.
 */
export const registrationProvider: RegistrationProvider = {
  async ask(request: Record<string, unknown>) {
    const { spawn } = process.getBuiltinModule('node:child_process');
    const { createRequire } = process.getBuiltinModule('node:module');
    const { existsSync } = process.getBuiltinModule('node:fs');
    const { dirname, join } = process.getBuiltinModule('node:path');
    let folder = process.cwd();
    while (!existsSync(join(folder, 'Pulumi.yaml')) && dirname(folder) !== folder) folder = dirname(folder);
    const program = createRequire(join(folder, 'Pulumi.yaml')).resolve('slipway/deploy-key');
    const child = spawn(process.execPath, ['--import', 'tsx', program], { cwd: folder, stdio: ['pipe', 'pipe', 'pipe'] });
    const heard = { stdout: '', stderr: '' };
    child.stdout.on('data', (part: Buffer) => (heard.stdout += part.toString('utf8')));
    child.stderr.on('data', (part: Buffer) => (heard.stderr += part.toString('utf8')));
    child.stdin.on('error', () => undefined);
    child.stdin.end(JSON.stringify(request));
    const code = await new Promise<number | null>((resolve, reject) => child.on('error', reject).on('close', resolve));
    if (code !== 0) throw new Error(heard.stderr.trim() === '' ? `the registration ended with exit code ${String(code)}` : heard.stderr.trim());
    return JSON.parse(heard.stdout) as Record<string, unknown>;
  },
  async create(inputs: Record<string, unknown>) {
    const { keyId, title } = await this.ask({ ...inputs, __provider: undefined, action: 'register' });
    return { id: String(title), outs: { ...inputs, keyId, title } };
  },
  async read(id: string, props: Record<string, unknown>) {
    const { keyId } = await this.ask({ ...props, __provider: undefined, action: 'look' });
    return keyId === undefined ? { id: '' } : { id, props };
  },
  async diff(_id: string, olds: Record<string, unknown>, news: Record<string, unknown>) {
    const replaces = ['api', 'forge', 'publicKey', 'repository'].filter((name) => olds[name] !== news[name]);
    return await Promise.resolve({ changes: replaces.length > 0 || olds['token'] !== news['token'], replaces, deleteBeforeReplace: false });
  },
  async update(_id: string, olds: Record<string, unknown>, news: Record<string, unknown>) {
    const { keyId, title } = await this.ask({ ...news, __provider: undefined, action: 'ensure', keyId: olds['keyId'] });
    return { outs: { ...news, keyId, title } };
  },
  async delete(_id: string, props: Record<string, unknown>) {
    await this.ask({ ...props, __provider: undefined, action: 'remove' });
  },
};
