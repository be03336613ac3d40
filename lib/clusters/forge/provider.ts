import { packageProgram, type ProgramProvider } from '../package-program.ts';

/** The provider with the function that its others share. */
interface RegistrationProvider extends ProgramProvider {
  /** Has `slipway/deploy-key` do what a request asks for. */
  manage(request: Record<string, unknown>): Promise<Record<string, unknown>>;
}

/**
 * What Pulumi runs for the registration of a deploy key, in a process of its own that gets this object as text: its functions refer to
 * nothing outside it. The key and its repository identify a registration; another token changes nothing at the forge, unless the key
 * went with the old one (GitHub deletes the deploy keys of a personal token that is deleted). The new key is registered before the old
 * one is removed. One that was removed at the forge, or may write by now, is registered again.
 */
export const registrationProvider: RegistrationProvider = {
  ...packageProgram,
  async manage(request: Record<string, unknown>) {
    const { stdout } = await this.ask('slipway/deploy-key', { ...request, __provider: undefined });
    return JSON.parse(stdout) as Record<string, unknown>;
  },
  async create(inputs: Record<string, unknown>) {
    const { keyId, title } = await this.manage({ ...inputs, action: 'register' });
    return { id: String(title), outs: { ...inputs, keyId, title } };
  },
  async read(id: string, props: Record<string, unknown>) {
    const { keyId } = await this.manage({ ...props, action: 'look' });
    return keyId === undefined ? { id: '' } : { id, props };
  },
  async diff(_id: string, olds: Record<string, unknown>, news: Record<string, unknown>) {
    const replaces = ['api', 'forge', 'publicKey', 'repository'].filter((name) => olds[name] !== news[name]);
    return await Promise.resolve({ changes: replaces.length > 0 || olds['token'] !== news['token'], replaces, deleteBeforeReplace: false });
  },
  async update(_id: string, olds: Record<string, unknown>, news: Record<string, unknown>) {
    const { keyId, title } = await this.manage({ ...news, action: 'ensure', keyId: olds['keyId'] });
    return { outs: { ...news, keyId, title } };
  },
  async delete(_id: string, props: Record<string, unknown>) {
    await this.manage({ ...props, action: 'remove' });
  },
};
