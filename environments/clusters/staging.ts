import { argoCd, defineCluster } from '../../lib/index.ts';

export default defineCluster({
  name: 'staging',
  provider: 'ack',
  region: 'eu-central-1',
  workers: 3,
  kubernetes: '1.34',
  labels: { tier: 'staging' },
  controller: argoCd(),
  // What the platform team installed before there was Slipway; what an environment lists in addOns needs no mention.
  existingDefinitions: ['external-secrets.io', 'gateway.networking.k8s.io', 'monitoring.coreos.com'],
});
