import { setTimeout as sleep } from 'node:timers/promises';
import { startPlane } from '../../../lib/control-plane/plane.ts';

// Starts a plane, says where it is, and waits to be killed: what a test run looks like to the watchdog.
const plane = await startPlane();
console.log(plane.folder);
await sleep(600_000);
