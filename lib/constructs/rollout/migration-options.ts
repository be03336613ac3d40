import { z } from 'zod';
import type { ShapeOf } from '../python-app/container-schema.ts';

/** How a Rollout that takes over from a Deployment takes its pods away (`workloadRef.scaleDown`). */
export type ScaleDown = 'never' | 'onsuccess' | 'progressively';

/** What `fromDeployment()` takes. */
export interface FromDeploymentOptions {
  /**
   * When the Deployment loses its pods: with the step after this one (`never`), all at once as soon as the Rollout is healthy (`onsuccess`), or one for each
   * pod of the Rollout that is ready (`progressively`), which needs the least room. @default 'never'
   */
  readonly scaleDown?: ScaleDown;
}

/** Takes over from a Deployment that runs beside it, and whose pods its own are made like (`workloadRef`). */
export interface FromDeployment {
  readonly from: 'deployment';
  readonly scaleDown: ScaleDown;
}

/** Gives way to a Deployment that runs beside it. */
export interface ToDeployment {
  readonly to: 'deployment';
}

/** What may be on its way between a Deployment and a Rollout. */
export interface Migrating {
  /** Said by `fromDeployment()` and `toDeployment()`. @default - it is not on its way */
  readonly migration?: FromDeployment | ToDeployment;
}

/** The step before `canary()` or `blueGreen()` for an app that runs as a Deployment: both run beside each other, and nothing is missed when the Deployment goes. */
export function fromDeployment<R extends Migrating>(rollout: R, options: FromDeploymentOptions = {}): R {
  return { ...rollout, migration: { from: 'deployment', scaleDown: options.scaleDown ?? 'never' } };
}

/** The step before an app that runs as a Rollout is a Deployment again: the Deployment is what everybody reaches, and the Rollout keeps its pods beside it. */
export function toDeployment<R extends Migrating>(rollout: R): R {
  return { ...rollout, migration: { to: 'deployment' } };
}

/** What `fromDeployment()` and `toDeployment()` say. */
export const migrationSchema = z.union([
  z.strictObject({ from: z.literal('deployment'), scaleDown: z.enum(['never', 'onsuccess', 'progressively']) } satisfies ShapeOf<FromDeployment>),
  z.strictObject({ to: z.literal('deployment') } satisfies ShapeOf<ToDeployment>),
]);

/** The rollout by which an app's new versions reach users; none while it gives way to a Deployment. */
export function leadingRollout<R extends Migrating>({ rollout }: { readonly rollout?: R }): R | undefined {
  return isLeaving(rollout) ? undefined : rollout;
}

/** Whether a rollout gives way to a Deployment. */
export function isLeaving(rollout: Migrating | undefined): boolean {
  return rollout?.migration !== undefined && 'to' in rollout.migration;
}

/** How a rollout takes over from a Deployment; undefined where it doesn't. */
export function takingOver(rollout: Migrating | undefined): FromDeployment | undefined {
  return rollout?.migration !== undefined && 'from' in rollout.migration ? rollout.migration : undefined;
}
