import { stopDev } from '../../dev/down.ts';
import { devPlace } from '../../dev/place.ts';
import { exitCodes } from '../../values/errors.ts';
import type { Output } from '../output.ts';

const words = {
  ended: 'ended; nothing of it is left',
  cleared: 'none ran; what an earlier one had left is cleared',
  nothing: 'nothing runs here',
} as const;

/** Ends the local control plane and removes all that belongs to it. */
export async function devDown(_options: object, cwd: string, output: Output): Promise<number> {
  output.say(words[await stopDev(devPlace(cwd))]);
  return exitCodes.ok;
}
