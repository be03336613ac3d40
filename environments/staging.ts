import { defineEnvironment } from '../lib/index.ts';
import staging from './clusters/staging.ts';

export default defineEnvironment({
  name: 'staging',
  clusters: [staging],
  registry: 'ghcr.io/acme',
  domain: 'staging.acme.example',
  addOns: ['argo-rollouts'],
});
