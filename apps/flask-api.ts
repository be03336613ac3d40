import { analyse, canary, defineApp, gunicorn, httpCheck, loadBalancer, pause, prometheus, PythonApp, weight } from '../lib/index.ts';

export default defineApp('flask-api', {
  team: 'platform',
  source: 'https://github.com/acme/flask-api',
  environments: ['dev', 'staging', 'prod'],
  provides: { http: { port: 80, targetPort: 8000 } },
  build(chart, { images, select }) {
    new PythonApp(chart, 'flask-api', {
      image: images.main,
      server: gunicorn('flask_api:create_app()', { worker: 'gthread', threads: 4 }),
      port: 8000,
      health: '/healthz',
      replicas: select({ dev: 1, default: 3 }),
      size: select({ prod: 'medium', default: 'small' }),
      config: { FLASK_ENV: select({ dev: 'development', default: 'production' }), LOG_LEVEL: 'info' },
      service: loadBalancer({ port: 80 }),
      monitoring: prometheus(),
      // Three pods make a quarter with one more, and a half.
      rollout: select({ prod: canary({ steps: [weight(25), analyse(httpCheck('/healthz')), weight(50), pause('10m')] }) }),
    });
  },
});
