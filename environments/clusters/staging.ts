import { argoCd, defineCluster } from '../../lib/index.ts';

export default defineCluster({
  name: 'staging',
  provider: 'ack',
  region: 'eu-central-1',
  workers: 3,
  kubernetes: '1.34',
  labels: { tier: 'staging' },
  controller: argoCd(),
});
