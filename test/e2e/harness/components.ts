import { join } from 'node:path';
import { components as shipped, type Component } from '../../../lib/control-plane/components.ts';

const tools = join(import.meta.dirname, '../tools');

/** Everything that the suite builds: the components of a control plane, and tools of the tests' own. */
export const components = {
  ...shipped,
  yamlcheck: { folder: join(tools, 'yamlcheck'), binaries: { yamlcheck: '.' } },
  exprcheck: { folder: join(tools, 'exprcheck'), binaries: { exprcheck: '.' } },
  promqlcheck: { folder: join(tools, 'promqlcheck'), binaries: { promqlcheck: '.' } },
  rolloutcheck: { folder: join(tools, 'rolloutcheck'), binaries: { rolloutcheck: '.' } },
  sshgit: { folder: join(tools, 'sshgit'), binaries: { sshgit: '.' } },
} as const satisfies Record<string, Component>;

/** The name of a component. */
export type ComponentName = keyof typeof components;

/** All names, in the order in which they are built. */
export const componentNames = Object.keys(components) as readonly ComponentName[];
