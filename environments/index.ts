import { defineFleet } from '../lib/index.ts';
import dev from './dev.ts';
import prod from './prod.ts';
import staging from './staging.ts';

// The promotion order: a version goes from the first to the last.
export default defineFleet({
  environments: [dev, staging, prod],
  // runtimeRepo: { url: 'git@github.com:acme/runtime.git' },   without it: a bare repository in .slipway/
});
