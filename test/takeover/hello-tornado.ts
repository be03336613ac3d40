import { clusterIp, defineApp, PythonApp } from '../../lib/index.ts';

export default defineApp('hello-tornado', {
  team: 'web',
  source: 'https://github.com/acme/hello-tornado',
  environments: ['prod'],
  podSecurity: 'baseline',
  build(chart, { images }) {
    new PythonApp(chart, 'hello-tornado', {
      bare: true, labels: { app: 'hello-tornado' }, image: images.main, replicas: 2, port: 8888, service: clusterIp({ port: 8888 }),
    });
  },
});
