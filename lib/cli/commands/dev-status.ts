import { devPlace } from '../../dev/place.ts';
import { findDev } from '../../dev/state.ts';
import { devStatus } from '../../dev/status.ts';
import { describeDev } from '../../dev/text.ts';
import { exitCodes } from '../../values/errors.ts';
import type { Output } from '../output.ts';

/** What `slipway dev status` takes. */
export interface DevStatusOptions {
  readonly format: 'text' | 'json';
  /** Whether words may be coloured. */
  readonly colour: boolean;
}

/** Says what runs locally and how the apps are: 0 all is well, 1 nothing runs or something isn't well, 2 it couldn't be asked. */
export async function showDevStatus({ format, colour }: DevStatusOptions, cwd: string, output: Output): Promise<number> {
  const place = devPlace(cwd);
  const found = await findDev(place);
  if (found.kind !== 'running') {
    if (format === 'json') output.print(JSON.stringify({ running: false, left: found.kind === 'left' }, null, 2));
    else output.print(found.kind === 'none' ? 'nothing runs here; slipway dev up starts a control plane' : 'none runs, but one has left something behind; slipway dev down clears it, and so does the next slipway dev up');
    return exitCodes.different;
  }
  const { state } = found;
  if (state.phase === 'starting') {
    output.print(format === 'json' ? JSON.stringify({ running: true, state }, null, 2) : `one for ${state.cluster} with ${state.controller} is just starting`);
    return exitCodes.different;
  }
  const status = await devStatus(place, state, cwd, { colour });
  if (format === 'json') output.print(JSON.stringify({ running: true, state, ended: status.ended, rows: status.found.rows, problems: status.found.problems }, null, 2));
  else output.print([status.text, '', describeDev(place, state)].join('\n'));
  if (status.found.problems.length > 0) return exitCodes.error;
  return status.well ? exitCodes.ok : exitCodes.different;
}
