#!/usr/bin/env node
// The command line, run from its TypeScript source: no build step stands between a change and its effect.
import { register } from 'tsx/esm/api';

register();
await import('../lib/cli/main.ts');
