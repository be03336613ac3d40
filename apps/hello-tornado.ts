import { clusterIp, defineApp, PythonApp, tornado } from '../lib/index.ts';

export default defineApp('hello-tornado', {
  team: 'web',
  source: 'https://github.com/acme/hello-tornado',
  environments: ['dev', 'staging', 'prod'],
  build(chart, { images }) {
    new PythonApp(chart, 'hello-tornado', {
      image: images.main,
      server: tornado('hello_tornado'),
      port: 8888,
      health: '/healthz',
      replicas: 2,
      service: clusterIp({ port: 8888 }),
    });
  },
});
