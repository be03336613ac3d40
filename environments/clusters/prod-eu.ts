import { argoCd, defineCluster } from '../../lib/index.ts';

export default defineCluster({
  name: 'prod-eu',
  provider: 'eks',
  region: 'eu-central-1',
  workers: 6,
  kubernetes: '1.35',
  labels: { tier: 'production' },
  controller: argoCd(),
  // What the platform team installed before there was Slipway; what an environment lists in addOns needs no mention.
  existingDefinitions: ['external-secrets.io', 'gateway.networking.k8s.io', 'monitoring.coreos.com'],
});
