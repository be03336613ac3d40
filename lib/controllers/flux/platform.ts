import type { KubeObject } from '../../manifests/rendered.ts';
import type { Hosted } from '../controller.ts';
import { fluxAlerts } from './notifications.ts';
import { fluxReceivers } from './receivers.ts';
import { fluxTeams } from './teams.ts';

/** What lets teams deliver: accounts and what they may do, webhooks, alerts. */
export function fluxPlatform(input: Hosted): KubeObject[] {
  return [...fluxTeams(input), ...fluxReceivers(input), ...fluxAlerts(input)];
}
