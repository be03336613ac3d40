import { addOn, defineEnvironment, gatewayApiPlugin } from '../lib/index.ts';
import prodEu from './clusters/prod-eu.ts';
import prodOnprem from './clusters/prod-onprem.ts';

export default defineEnvironment({
  name: 'prod',
  clusters: [prodEu, prodOnprem],
  registry: 'ghcr.io/acme',
  domain: 'acme.example',
  addOns: [addOn('argo-rollouts', { plugins: [gatewayApiPlugin()] })],
  promotion: { approval: 'pull-request' },
});
