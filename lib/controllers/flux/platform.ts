import type { KubeObject } from '../../manifests/rendered.ts';
import { SlipwayError } from '../../values/errors.ts';
import type { Hosted } from '../controller.ts';
import { imageAutomation } from './image-automation.ts';
import { fluxAlerts } from './notifications.ts';
import { fluxReceivers } from './receivers.ts';
import { fluxSettings } from './settings.ts';
import { fluxTeams } from './teams.ts';

/** What lets teams deliver: accounts and what they may do, webhooks, alerts, image automation. Throws when there are alerts and no controller that sends them. */
export function fluxPlatform(input: Hosted): KubeObject[] {
  const alerts = fluxAlerts(input);
  if (alerts.length > 0 && fluxSettings(input).components.notifications === false) {
    throw SlipwayError.of(`cluster ${input.cluster.name}: controller.components.notifications`, 'expected the notification controller, which sends alerts, got false', 'leave it out, or remove the alerts');
  }
  return [...fluxTeams(input), ...fluxReceivers(input), ...alerts, ...imageAutomation(input)];
}
