import { defineEnvironment } from '../lib/index.ts';
import dev from './clusters/dev.ts';

export default defineEnvironment({
  name: 'dev',
  clusters: [dev],
  registry: 'ghcr.io/acme',
  domain: 'dev.acme.example',
  // Development takes a tag as it is; every other environment wants the digest too.
  images: { digests: 'optional' },
  sizes: { small: { cpu: '50m', memory: '128Mi' } },
});
