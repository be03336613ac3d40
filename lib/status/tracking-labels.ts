import { fieldsAt, textAt } from '../values/fields.ts';
import type { TrackedReading } from './status.ts';

/** What every tracking object of ours carries, whichever controller follows it. */
export const trackingSelector = 'app.kubernetes.io/managed-by=slipway,slipway.dev/role';

/** What a tracking object is of, by the labels that both controllers' objects carry. */
export function placeOf(object: unknown): Pick<TrackedReading, 'app' | 'cluster' | 'environment' | 'name' | 'role' | 'team' | 'trackers'> {
  const labels = fieldsAt(object, 'metadata', 'labels');
  const label = (name: string): string | undefined => textAt(labels, `slipway.dev/${name}`);
  const [environment, app, team] = [label('environment'), label('app'), label('team')];
  const name = textAt(object, 'metadata', 'name') ?? '';
  return {
    name,
    trackers: [name],
    cluster: label('cluster') ?? '',
    role: label('role') ?? '',
    ...(environment !== undefined && { environment }),
    ...(app !== undefined && { app }),
    ...(team !== undefined && { team }),
  };
}
