import {
  analyse, autoscale, canary, CeleryBeat, CeleryWorker, DatabaseMigration, defineApp, externalSecret, gunicorn, httpRoute, ingress, pause, prometheus, PythonApp,
  ScheduledTask, starletteExporter, successRate, weight,
} from '../lib/index.ts';
import flaskApi from './flask-api.ts';

export default defineApp('storefront', {
  team: 'shop',
  source: 'https://github.com/acme/storefront',
  environments: ['dev', 'staging', 'prod'],
  build(chart, { images, select }) {
    const web = new PythonApp(chart, 'web', {
      image: images.main,
      server: gunicorn('storefront.main:app', { worker: 'uvicorn' }),
      port: 8000,
      health: '/healthz',
      size: select({ prod: 'large', default: 'small' }),
      autoscale: autoscale(select({ prod: { min: 6, max: 24, cpu: 70 }, default: { min: 2, max: 4, cpu: 80 } })),
      // The development cluster has an ingress controller, the others a gateway.
      expose: select({ dev: ingress({ host: 'shop', className: 'traefik', tls: { clusterIssuer: 'letsencrypt' } }), default: httpRoute({ host: 'shop', tls: true }) }),
      calls: [flaskApi],
      networkPolicy: { allowEgress: [{ cidr: '10.40.0.0/16', ports: [5432, 5672] }] },      // PostgreSQL and RabbitMQ
      config: { LOG_LEVEL: select({ dev: 'debug', default: 'info' }), CURRENCY: 'EUR' },
      secrets: [externalSecret('database-url'), externalSecret('celery-broker-url')],
      monitoring: prometheus({ alerts: true, http: starletteExporter }),
      rollout: select({ prod: canary({ steps: [weight(20), analyse(successRate(0.99)), weight(80), pause('5m')] }) }),
    });
    new CeleryWorker(chart, 'worker', { sameAs: web, app: 'storefront.tasks', queues: ['orders', 'mail'], replicas: select({ prod: 4, default: 1 }) });
    new CeleryBeat(chart, 'beat', { sameAs: web, app: 'storefront.tasks' });
    new DatabaseMigration(chart, 'migrate', { sameAs: web, command: ['alembic', 'upgrade', 'head'] });
    new ScheduledTask(chart, 'expire-carts', { sameAs: web, schedule: '*/15 * * * *', command: ['python', '-m', 'storefront.expire_carts'] });
  },
});
