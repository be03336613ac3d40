import { packageProgram, type ProgramProvider } from '../package-program.ts';

/**
 * What Pulumi runs for the bootstrap, in a process of its own: the work is that of `slipway/bootstrap`. Only what identifies the cluster decides
 * whether it runs again; the objects themselves belong to the controller from then on, so nothing here reads, updates or deletes them.
 */
export const bootstrapProvider: ProgramProvider = {
  ...packageProgram,
  async create(inputs: Record<string, unknown>) {
    const { stdout } = await this.ask('slipway/bootstrap', { cluster: inputs['cluster'], kubeconfig: inputs['kubeconfig'], adopt: inputs['adopt'] === true, follow: inputs['follow'] !== false });
    return { id: `${String(inputs['cluster'])}/${String(inputs['controller'])}`, outs: { ...inputs, ...(JSON.parse(stdout) as object) } };
  },
  async diff(_id: string, olds: Record<string, unknown>, news: Record<string, unknown>) {
    const replaces = ['cluster', 'contract', 'controller', 'identity'].filter((name) => olds[name] !== news[name]);
    return await Promise.resolve({ changes: replaces.length > 0, replaces, deleteBeforeReplace: true });
  },
};
