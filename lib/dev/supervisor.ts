import { symlinkSync } from 'node:fs';
import { executeBootstrap } from '../control-plane/controllers/bootstrap.ts';
import { startGitServer } from '../control-plane/controllers/git-server.ts';
import { startOperatorsStandIn } from '../control-plane/controllers/operators-stand-in.ts';
import { startPlane } from '../control-plane/plane.ts';
import { SlipwayError } from '../values/errors.ts';
import type { DevChoice } from './choose.ts';
import { startController } from './controllers.ts';
import { installDefinitions } from './definitions.ts';
import { follow } from './follow.ts';
import type { BootstrapOrder, Channel, FromSupervisor } from './messages.ts';
import { runtimeName, type DevPlace } from './place.ts';
import type { Started } from './started.ts';
import { writeState, type DevState } from './state.ts';

/** What the supervisor of a local control plane is given. */
export interface SupervisorOptions extends DevChoice {
  readonly place: DevPlace;
  /** To whoever started it: goes once all is up. */
  readonly channel: Channel<BootstrapOrder, FromSupervisor>;
  /** Resolves when it has to end. */
  readonly asked: Promise<void>;
  /** Writes a line to the log. */
  readonly log: (line: string) => void;
}

/** The context of a local control plane's kubeconfig: no real cluster's. */
export function contextOf(cluster: string): string {
  return `slipway-dev-${cluster}`;
}

/**
 * Starts everything of a local control plane, brings it up, and keeps it until it is asked to end. Its programs end with it, however it
 * ends. What goes wrong on the way is told, and ends it; so does the end of whoever started it before all is up.
 *
 * @returns whether it came up
 */
export async function runSupervisor(options: SupervisorOptions): Promise<boolean> {
  const stops: (() => Promise<void>)[] = [];
  const { channel } = options;
  try {
    const gone = Promise.race([options.asked, channel.closed]).then(() => { throw SlipwayError.of('slipway dev', 'was interrupted before all was up'); });
    const started = await Promise.race([bringUp(options, stops), gone]);
    channel.send({ kind: 'up', state: started.state() });
    const following = new AbortController();
    const running = follow({ ...options, ...started, signal: following.signal });
    await options.asked;
    following.abort();
    await running;
    return true;
  } catch (error) {
    options.log(String(error instanceof Error ? error.stack : error));
    channel.send({ kind: 'failed', problems: error instanceof SlipwayError ? error.problems : [{ where: 'slipway dev', message: error instanceof Error ? error.message : String(error), fix: `read ${options.place.log}` }] });
    return false;
  } finally {
    for (const stop of stops.reverse()) await stop();
    channel.close();
  }
}

async function bringUp({ place, cluster, controller, channel }: SupervisorOptions, stops: (() => Promise<void>)[]): Promise<Started> {
  const say = (text: string): void => channel.send({ kind: 'progress', text });
  const git = await startGitServer(place.served);
  stops.push(() => git.stop());
  let state: DevState = { version: 1, phase: 'starting', pid: process.pid, cluster, controller, context: contextOf(cluster), url: git.url(runtimeName), programs: [], addresses: {} };
  const update = (changes: Partial<DevState>): void => writeState(place, state = { ...state, ...changes });
  update({});
  channel.send({ kind: 'git' });
  const plane = await startPlane({ autoscaler: false, name: contextOf(cluster) });
  stops.push(() => plane.stop());
  symlinkSync(plane.kubeconfig, place.kubeconfig);
  const add: Started['add'] = (programs, addresses, stop) => {
    stops.push(stop);
    update({ programs: [...state.programs, ...programs.map(({ name, pid, log }) => ({ name, pid, log }))], addresses: { ...state.addresses, ...addresses } });
  };
  add(plane.programs, { 'kube-apiserver': plane.server }, async () => {});
  say('the API server answers');
  const operators = await startOperatorsStandIn(plane);
  stops.push(() => operators.stop());
  const order = await channel.receive();
  await installDefinitions(plane, place, order, order.commit);
  say(`installing ${controller}`);
  let namespace = '';
  await executeBootstrap(plane, order.bootstrap, {
    commit: order.commit,
    async afterInstall() {
      say(`starting ${controller}`);
      const running = await startController(controller, plane);
      namespace = running.namespace;
      add(running.programs, running.addresses, running.stop);
      return running;
    },
    async secrets(needed) {
      for (const { namespace: within, name } of needed) say(`Secret ${within}/${name} isn't made here: nothing that runs locally reads it`);
    },
  });
  update({ phase: 'up' });
  return { plane, namespace, order, state: () => state, add };
}
