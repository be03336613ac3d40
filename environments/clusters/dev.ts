import { defineCluster, flux } from '../../lib/index.ts';

export default defineCluster({
  name: 'dev',
  provider: 'doks',
  region: 'fra1',
  workers: 3,
  kubernetes: '1.35',
  labels: { tier: 'development' },
  controller: flux({ imageAutomation: true }),
});
