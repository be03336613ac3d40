import { defineCluster, flux } from '../../lib/index.ts';

export default defineCluster({
  name: 'prod-onprem',
  provider: 'existing',
  kubernetes: '1.34',
  labels: { tier: 'production' },
  controller: flux(),
  // What the platform team installed before there was Slipway; what an environment lists in addOns needs no mention.
  existingDefinitions: ['external-secrets.io', 'gateway.networking.k8s.io', 'monitoring.coreos.com'],
});
