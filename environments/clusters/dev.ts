import { defineCluster, flux } from '../../lib/index.ts';

export default defineCluster({
  name: 'dev',
  provider: 'doks',
  region: 'fra1',
  workers: 3,
  kubernetes: '1.35',
  labels: { tier: 'development' },
  controller: flux({ imageAutomation: true }),
  // What the platform team installed before there was Slipway; what an environment lists in addOns needs no mention.
  existingDefinitions: ['external-secrets.io', 'gateway.networking.k8s.io', 'monitoring.coreos.com'],
});
