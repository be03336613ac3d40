import { channelOver } from '../../dev/channel.ts';
import type { DevChoice } from '../../dev/choose.ts';
import type { BootstrapOrder, FromSupervisor } from '../../dev/messages.ts';
import { devPlace } from '../../dev/place.ts';
import { runSupervisor } from '../../dev/supervisor.ts';
import { exitCodes, SlipwayError } from '../../values/errors.ts';
import type { Output } from '../output.ts';

/** What `slipway dev up` starts in the background is told. */
export interface DevSuperviseOptions extends DevChoice {
  /** The folder of the local control plane: it stands in the command line, by which the process is known. */
  readonly folder: string;
}

/** Runs a local control plane until it is asked to end (SIGTERM). Only `slipway dev up` calls it. */
export async function devSupervise(options: DevSuperviseOptions, cwd: string, output: Output): Promise<number> {
  const place = devPlace(cwd);
  if (process.send === undefined || options.folder !== place.folder) throw SlipwayError.of('slipway dev supervise', 'is started by `slipway dev up` and by nobody else', 'slipway dev up');
  const asked = new Promise<void>((resolve) => void process.once('SIGTERM', () => resolve()).once('SIGINT', () => resolve()));
  const came = await runSupervisor({ ...options, place, channel: channelOver<BootstrapOrder, FromSupervisor>(process), asked, log: output.say });
  // Whatever is still starting ends with this process.
  process.exit(came ? exitCodes.ok : exitCodes.error);
}
