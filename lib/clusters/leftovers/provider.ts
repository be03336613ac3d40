import { packageProgram, type ProgramProvider } from '../package-program.ts';

/**
 * What Pulumi runs for the guard, in a process of its own: the look at the cluster is that of `slipway/leftovers`. Making and changing it only keeps how
 * the cluster is reached; what counts is that it can't be deleted while something would be left behind.
 */
export const leftoversProvider: ProgramProvider = {
  ...packageProgram,
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
    const { stderr } = await this.ask('slipway/leftovers', { cluster: state['cluster'], kubeconfig: state['kubeconfig'] });
    // Pulumi shows what its providers write there.
    process.stderr.write(stderr);
  },
};
