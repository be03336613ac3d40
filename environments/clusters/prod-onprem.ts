import { defineCluster, flux } from '../../lib/index.ts';

export default defineCluster({
  name: 'prod-onprem',
  provider: 'existing',
  kubernetes: '1.34',
  labels: { tier: 'production' },
  controller: flux(),
});
