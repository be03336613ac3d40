import { mkdirSync } from 'node:fs';
import { dirname } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { chooseDev, type DevChoice } from '../../dev/choose.ts';
import { removePlace, stopDev } from '../../dev/down.ts';
import { buildComponents, checkHost, withBuildAdvice } from '../../dev/host.ts';
import { devPlace, type DevPlace } from '../../dev/place.ts';
import { startSupervisor, type StartingSupervisor } from '../../dev/start.ts';
import { devStatus } from '../../dev/status.ts';
import { findDev, type DevState } from '../../dev/state.ts';
import { describeDev, describeDifferent } from '../../dev/text.ts';
import { exitCodes, SlipwayError } from '../../values/errors.ts';
import { loadWorkspace } from '../../workspace.ts';
import type { Output } from '../output.ts';

/** What `slipway dev up` takes. */
export interface DevUpOptions {
  /** The cluster of the fleet for which it stands. @default - the first cluster of the first environment */
  readonly cluster?: string;
  /** @default - the one that the cluster has */
  readonly controller?: DevChoice['controller'];
}

/** Seconds in which the apps usually get well; what isn't by then is told. */
const patience = 180;

/** Starts a local control plane and delivers the workspace to it. What went wrong leaves nothing behind. */
export async function devUp(options: DevUpOptions, cwd: string, output: Output): Promise<number> {
  const choice = chooseDev(await loadWorkspace(cwd), options);
  const place = devPlace(cwd);
  const found = await findDev(place);
  if (found.kind === 'running') {
    if (describeDifferent(found.state, options) !== undefined) throw SlipwayError.of('slipway dev up', `expected none or the one asked for, got ${describeDifferent(found.state, options) ?? ''}`, 'end it first: slipway dev down');
    if (found.state.phase === 'starting') throw SlipwayError.of('slipway dev up', 'another `slipway dev up` is just starting one here', 'wait for it, or end it: slipway dev down');
    output.print(`It is up already.\n\n${describeDev(place, found.state)}`);
    return exitCodes.ok;
  }
  await checkHost();
  await buildComponents(choice.controller, output.say).catch((error: unknown) => {
    throw error instanceof SlipwayError ? withBuildAdvice(error) : error;
  });
  if (found.kind === 'left' && await stopDev(place) === 'cleared') output.say('cleared what an earlier one had left');
  claim(place);
  const interrupt = interruption();
  let supervisor: StartingSupervisor | undefined;
  try {
    const state = await Promise.race([
      interrupt.happened,
      bringUp({ place, choice, cwd, output, started: (starting) => { supervisor = starting; } }),
    ]);
    output.print(await finalWords(place, state, cwd));
    return exitCodes.ok;
  } catch (error) {
    await supervisor?.stop();
    await removePlace(place);
    throw error;
  } finally {
    interrupt.forget();
  }
}

interface BringUp {
  readonly place: DevPlace;
  readonly choice: DevChoice;
  readonly cwd: string;
  readonly output: Output;
  readonly started: (supervisor: StartingSupervisor) => void;
}

/** Publishes the workspace while the programs start: both take seconds. */
async function bringUp({ place, choice, cwd, output, started }: BringUp): Promise<DevState> {
  const { storeOwnUpstream } = await import('../../dev/upstream.ts');
  const { makeRuntime } = await import('../../dev/runtime.ts');
  await storeOwnUpstream(place, choice.controller);
  await makeRuntime(place);
  output.say(`starting a control plane for ${choice.cluster} (${choice.controller})`);
  const supervisor = startSupervisor(place, choice, cwd, output.say);
  started(supervisor);
  await supervisor.gitServes();
  const { orderFor } = await import('../dev-order.ts');
  supervisor.order(await orderFor(place, cwd, output));
  return supervisor.up();
}

/** Nobody else starts one here meanwhile. */
function claim(place: DevPlace): void {
  mkdirSync(dirname(place.folder), { recursive: true });
  try {
    mkdirSync(place.folder, { mode: 0o700 });
    mkdirSync(place.run, { mode: 0o700 });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
    throw SlipwayError.of('slipway dev up', 'another `slipway dev up` is just starting one here', 'wait for it, or end it: slipway dev down');
  }
}

/** What runs, once the apps are well or have had their time. */
async function finalWords(place: DevPlace, state: DevState, cwd: string): Promise<string> {
  const end = performance.now() + patience * 1000;
  let told = await devStatus(place, state, cwd, { brief: true });
  while (!told.well && performance.now() < end) {
    await sleep(2000);
    told = await devStatus(place, state, cwd, { brief: true });
  }
  const rest = told.well ? [] : ['', 'Not everything is well yet; `slipway dev status` says how it goes on.'];
  return [told.text, ...rest, '', describeDev(place, state)].join('\n');
}

/** Ctrl-C ends what is being started. */
function interruption(): { readonly happened: Promise<never>; forget(): void } {
  let stop: (signal: string) => void = () => undefined;
  const happened = new Promise<never>((_, reject) => {
    stop = (signal) => reject(SlipwayError.of('slipway dev up', `was interrupted (${signal}); nothing of it is left`));
  });
  process.once('SIGINT', stop).once('SIGTERM', stop).once('SIGHUP', stop);
  return { happened, forget: () => void process.off('SIGINT', stop).off('SIGTERM', stop).off('SIGHUP', stop) };
}
