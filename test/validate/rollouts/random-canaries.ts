import fc from 'fast-check';
import type { PythonAppProps } from '../../../lib/constructs/python-app/props.ts';
import {
  alb, analyse, blueGreen, byPods, canary, canaryScale, experiment, headerRoute, httpCheck, httpRoute, ingress, istio, latency, mirrorRoute, nginx, pause, prometheus, smokeTest, starletteExporter, successRate, traefik, weight,
  type CanaryStep, type RolloutOptions, type TrafficRouter,
} from '../../../lib/index.ts';
import { rolledOut } from '../../constructs/rollout/support.ts';
import { objectsOf } from '../../constructs/support.ts';
import type { Loose } from '../healthy-app.ts';
import type { World } from './world.ts';

const one = <T>(...values: readonly T[]): fc.Arbitrary<T> => fc.constantFrom(...values);

const step: fc.Arbitrary<CanaryStep> = fc.oneof(
  { weight: 5, arbitrary: one(5, 20, 50, 80, 100).map((percent) => weight(percent)) },
  { weight: 3, arbitrary: one(pause('30s'), pause('10m'), pause('1h'), pause()) },
  { weight: 3, arbitrary: one(successRate(0.99), latency(1), httpCheck('/ready'), smokeTest({ command: ['python', '-m', 'storefront.smoke'] })).map((analysis) => analyse(analysis)) },
  { weight: 1, arbitrary: one(canaryScale({ replicas: 2 }), canaryScale({ weight: 50 })) },
  { weight: 1, arbitrary: one<CanaryStep>(headerRoute('try', { 'x-try': 'yes' }), headerRoute('try', { 'x-try': { prefix: 'y' } }), mirrorRoute('copy', [{ method: 'GET' }])) },
  { weight: 1, arbitrary: one(experiment({ duration: '10m', versions: { fresh: { of: 'canary' }, old: { of: 'stable', replicas: 2 } } }), experiment({ versions: { fresh: { of: 'canary', weight: 5 } } })) },
);

/** Ways in and routers that go together. */
const ways = one<readonly [TrafficRouter | undefined, Partial<PythonAppProps>]>(
  [undefined, {}], [byPods(), {}], [undefined, { expose: httpRoute({ host: 'shop' }) }], [nginx(), { expose: ingress({ host: 'shop', className: 'nginx' }) }], [alb(), { expose: ingress({ host: 'shop', className: 'alb' }) }],
  [traefik(), { expose: ingress({ host: 'shop', className: 'traefik' }) }], [istio(), {}],
);

const options = fc.record({
  steps: fc.array(step, { maxLength: 5 }).map((steps) => {
    // Weights that rise, mostly.
    const weights = steps.flatMap((each) => (each.step === 'weight' ? [each.weight] : [])).sort((a, b) => a - b);
    return steps.map((each) => (each.step === 'weight' ? weight(weights.shift() ?? 100) : each));
  }),
  way: ways,
  background: one(undefined, undefined, undefined, successRate(0.95, { name: 'watch', count: 'unlimited' })),
  maxSurge: one<number | string | undefined>(undefined, 1, '50%'), dynamicStableScale: one(undefined, undefined, undefined, true), scaleDownDelay: one(undefined, undefined, undefined, '30s'), blue: fc.nat(9),
  replicas: one(1, 5, 100), autoPromotion: one<boolean | string | undefined>(undefined, true, false, '5m'),
});

/** An app that rolls out by random options; undefined where the construct itself refuses them. */
export const builtWorlds: fc.Arbitrary<World | undefined> = options.map(({ steps, way: [traffic, props], blue, replicas, autoPromotion, ...rest }) => {
  const said = Object.fromEntries(Object.entries({ ...rest, traffic }).filter(([, value]) => value !== undefined));
  const rollout: RolloutOptions = blue === 0 ? blueGreen({ ...(autoPromotion !== undefined && { autoPromotion }), prePromotion: httpCheck('/ready') }) : canary({ steps, ...said });
  const { chart, problems } = rolledOut(rollout, { ...props, port: 8000, replicas, monitoring: prometheus({ http: starletteExporter }) });
  if (problems.length > 0) return undefined;
  const objects = objectsOf(chart) as unknown as Loose[];
  const made = objects.find(({ kind }) => kind === 'Rollout');
  return made === undefined ? undefined : { rollout: made, objects: objects.filter((object) => object !== made) };
});
