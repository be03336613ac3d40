import { defineEnvironment } from '../lib/index.ts';
import prodEu from './clusters/prod-eu.ts';
import prodOnprem from './clusters/prod-onprem.ts';

export default defineEnvironment({
  name: 'prod',
  clusters: [prodEu, prodOnprem],
  registry: 'ghcr.io/acme',
  domain: 'acme.example',
  addOns: ['argo-rollouts'],
  promotion: { approval: 'pull-request' },
});
