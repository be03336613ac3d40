import { setTimeout as sleep } from 'node:timers/promises';
import { binary, build } from '../control-plane/build.ts';
import { startHostPrograms } from '../control-plane/controllers/host-process.ts';
import { rolloutsPrograms } from '../control-plane/controllers/rollouts-programs.ts';
import type { OwnPlane } from '../control-plane/plane.ts';
import { run } from '../control-plane/run-program.ts';
import { kubectl, type KubeContext } from '../status/kubectl.ts';
import { readTracked } from '../status/read.ts';
import { refresh } from '../status/refresh.ts';
import { installDefinitions } from './definitions.ts';
import type { DevPlace } from './place.ts';
import type { Started } from './started.ts';

/** What is followed. */
export interface FollowOptions extends Started {
  readonly place: DevPlace;
  readonly controller: 'argo-cd' | 'flux';
  readonly log: (line: string) => void;
  readonly signal: AbortSignal;
}

/** Between two looks, in milliseconds. */
const pause = 500;

/**
 * Does, until it is told to stop, what others would in a real cluster: tells the controller of each new commit of the runtime repo, as a
 * webhook does, and starts Argo Rollouts when its Deployment is there, as a kubelet does. What fails is logged and tried again.
 */
export async function follow(options: FollowOptions): Promise<void> {
  const context = await localContext(options.plane, options.state().context);
  let told: string | undefined = options.order.commit;
  let rollouts = false;
  while (!options.signal.aborted) {
    try {
      rollouts ||= await startRollouts(options);
      const head = await headOf(options.place);
      if (head !== undefined && head !== told) {
        await installDefinitions(options.plane, options.place, options.order, head);
        await tell(context, options);
        options.log(`told ${options.controller} of ${head}`);
        told = head;
      }
    } catch (error) {
      options.log(error instanceof Error ? error.message : String(error));
    }
    await sleep(pause, undefined, { signal: options.signal }).catch(unlessStopped);
  }
}

/** kubectl at a plane, as the product's own status uses it. */
async function localContext(plane: OwnPlane, name: string): Promise<KubeContext> {
  const env = { PATH: process.env['PATH'], HOME: plane.home };
  return kubectl({ cwd: plane.folder, kubeconfig: plane.kubeconfig, binary: binary(await build('kubernetes'), 'kubectl'), env }).at(name);
}

async function tell(context: KubeContext, { controller, namespace }: FollowOptions): Promise<void> {
  const place = { kind: controller, namespace };
  const names = (await readTracked(context, place)).flatMap(({ trackers }) => trackers);
  await refresh(context, place, names, new Date().toISOString(), { looks: 0, pause: () => Promise.resolve() });
}

/** @returns whether it runs */
async function startRollouts({ plane, add }: FollowOptions): Promise<boolean> {
  const namespace = 'argo-rollouts';
  const { status } = await plane.api.send('GET', `/apis/apps/v1/namespaces/${namespace}/deployments/argo-rollouts`);
  if (status !== 200) return false;
  const { programs, addresses, stop } = await startHostPrograms(plane, () => rolloutsPrograms(plane, namespace));
  add(programs, addresses, stop);
  return true;
}

/** The commit of the branch that the cluster follows. */
async function headOf({ runtime }: DevPlace): Promise<string | undefined> {
  const { code, stdout } = await run('git', ['rev-parse', '--quiet', '--verify', 'refs/heads/main'], { cwd: runtime });
  return code === 0 ? stdout.trim() : undefined;
}

function unlessStopped(error: Error): void {
  if (error.name !== 'AbortError') throw error;
}
