import { buildFrom, type Built } from '../../../lib/control-plane/build.ts';
import { components, type ComponentName } from './components.ts';

/** Builds a component or a tool of the tests unless the cache has it. @throws ComponentUnavailable */
export function build(name: ComponentName): Promise<Built> {
  return buildFrom(name, components[name]);
}
