import type { KubeObject } from '../../manifests/rendered.ts';
import { pushEvents } from '../../model/flux/receivers.ts';
import type { Host } from '../controller.ts';
import { sourceName } from './names.ts';
import { fluxSettings } from './settings.ts';
import { fluxMetadata } from './source.ts';

/** The webhooks by which a Git server tells of commits to the runtime repo. */
export function fluxReceivers(host: Host): KubeObject[] {
  return fluxSettings(host).receivers.map(({ name, type, secret, events = pushEvents[type] }) => ({
    apiVersion: 'notification.toolkit.fluxcd.io/v1',
    kind: 'Receiver',
    metadata: fluxMetadata(name, { 'app.kubernetes.io/managed-by': 'slipway' }),
    spec: {
      type,
      ...(events.length > 0 && { events: [...events] }),
      secretRef: { name: secret },
      resources: [{ apiVersion: 'source.toolkit.fluxcd.io/v1', kind: 'GitRepository', name: sourceName }],
    },
  }));
}
