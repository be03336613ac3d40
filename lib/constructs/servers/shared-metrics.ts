import type { ScratchFolder } from './server.ts';

/** Where several processes of one pod put their Prometheus metrics, to be added up by whichever of them is scraped. */
export const multiprocessFolder: ScratchFolder = { name: 'prometheus', mountPath: '/run/prometheus', memory: true, sizeLimit: '64Mi' };

/** The folder and the variable that prometheus_client wants when several processes are scraped as one. */
export function sharedMetrics(processes: number, monitoring: boolean | undefined): { readonly env: Readonly<Record<string, string>>; readonly scratch: readonly ScratchFolder[] } {
  if (processes < 2 || monitoring !== true) return { env: {}, scratch: [] };
  return { env: { PROMETHEUS_MULTIPROC_DIR: multiprocessFolder.mountPath }, scratch: [multiprocessFolder] };
}
