import { argoCd, defineCluster, eks } from '../../lib/index.ts';

export default defineCluster({
  name: 'prod-eu',
  provider: eks({
    nodePools: [{ name: 'general', size: 'm7i.xlarge', nodes: { min: 6, max: 18 } }],
    vpc: { nat: 'each-zone' },
    apiFrom: ['203.0.113.0/24'],                           // the office and the pipelines
  }),
  region: 'eu-central-1',
  kubernetes: '1.35',
  labels: { tier: 'production' },
  controller: argoCd(),
  // What the platform team installed before there was Slipway; what an environment lists in addOns needs no mention.
  existingDefinitions: ['external-secrets.io', 'gateway.networking.k8s.io', 'monitoring.coreos.com'],
});
