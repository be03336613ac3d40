import type { BlueGreenRollout } from './blue-green-options.ts';
import type { CanaryRollout } from './canary-options.ts';

/** How new versions reach users, made by `canary()` or `blueGreen()`: an Argo Rollouts Rollout in place of the Deployment. */
export type RolloutOptions = BlueGreenRollout | CanaryRollout;
