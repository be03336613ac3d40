import { existsSync } from 'node:fs';
import { appendFile } from 'node:fs/promises';
import { join } from 'node:path';
import { buildFrom, builtFolder, type Built } from '../../../lib/control-plane/build.ts';
import { components, type ComponentName } from './components.ts';
import { usesFile } from './times.ts';

/** Builds a component or a tool of the tests unless the cache has it, and notes that this run uses it. @throws ComponentUnavailable */
export async function build(name: ComponentName): Promise<Built> {
  const wasThere = existsSync(builtFolder(name, components[name]));
  const start = performance.now();
  const built = await buildFrom(name, components[name]);
  const run = process.env['SLIPWAY_RUN_FOLDER'];
  if (run !== undefined) await appendFile(join(run, usesFile), `${JSON.stringify({ name, seconds: wasThere ? 0 : (performance.now() - start) / 1000 })}\n`);
  return built;
}
