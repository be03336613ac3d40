import { argoCd, defineCluster } from '../../lib/index.ts';

export default defineCluster({
  name: 'prod-eu',
  provider: 'eks',
  region: 'eu-central-1',
  workers: 6,
  kubernetes: '1.35',
  labels: { tier: 'production' },
  controller: argoCd(),
});
