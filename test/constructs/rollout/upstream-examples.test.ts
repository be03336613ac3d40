import { readFileSync } from 'node:fs';
import { loadAll } from 'js-yaml';
import { describe, expect, it } from 'vitest';
import { existingAnalysis } from '../../../lib/constructs/analysis/analysis.ts';
import { ingress } from '../../../lib/constructs/network/ingress-options.ts';
import { clusterIp } from '../../../lib/constructs/network/service-options.ts';
import type { PythonAppProps } from '../../../lib/constructs/python-app/props.ts';
import { blueGreen } from '../../../lib/constructs/rollout/blue-green-options.ts';
import { canary } from '../../../lib/constructs/rollout/canary-options.ts';
import type { RolloutOptions } from '../../../lib/constructs/rollout/rollout-options.ts';
import { analyse, canaryScale, experiment, headerRoute, mirrorRoute, pause, weight } from '../../../lib/constructs/rollout/steps.ts';
import { alb } from '../../../lib/constructs/traffic/alb.ts';
import { istio } from '../../../lib/constructs/traffic/istio/options.ts';
import { traefik } from '../../../lib/constructs/traffic/traefik/options.ts';
import { rolloutOf } from './support.ts';

interface Example {
  readonly source: string;
  readonly title?: string;
  readonly strategy: unknown;
}

const examples = loadAll(readFileSync(new URL('upstream-examples.yaml', import.meta.url), 'utf8')).filter((each) => each !== null && each !== undefined) as Example[];
const guestbook = { 'service-name': 'guestbook-svc.default.svc.cluster.local' };
const preview = { 'service-name': 'preview-svc.default.svc.cluster.local' };
const named = (stableService: string, canaryService: string) => ({ stableService, canaryService });

/** The same, said in our words; by the example's name. */
const said: Readonly<Record<string, readonly [rollout: RolloutOptions, props?: Partial<PythonAppProps>]>> = {
  'examples/rollout-canary.yaml': [canary({ steps: [weight(20), pause(), weight(40), pause('40s'), weight(60), pause('20s'), weight(80), pause('20s')] })],
  'examples/rollout-rolling-update.yaml': [canary({ maxSurge: 1, maxUnavailable: 1 })],
  'examples/rollout-bluegreen.yaml': [blueGreen({ activeService: 'rollout-bluegreen-active', previewService: 'rollout-bluegreen-preview', autoPromotion: false })],
  'examples/rollout-analysis-step.yaml': [canary({ steps: [weight(25), analyse(existingAnalysis('random-fail'), existingAnalysis('always-pass', { clusterScope: true }))] })],
  'examples/rollout-background-analysis.yaml': [canary({ background: existingAnalysis('random-fail'), steps: [weight(25), pause()] })],
  'examples/rollout-baseline-vs-canary.yaml': [canary({ steps: [experiment({ versions: { baseline: { of: 'stable' }, canary: { of: 'canary' } } })] })],
  'examples/rollout-canary-preview.yaml': [canary({ steps: [experiment({ versions: { 'canary-preview': { of: 'canary', selector: { app: 'rollout-canary-preview' }, labels: { app: 'rollout-canary-preview' } } } })] })],
  'examples/rollout-experiment-step.yaml': [canary({ steps: [weight(25), experiment({ versions: { canary: { of: 'canary' } }, analyses: { 'random-fail': existingAnalysis('random-fail') } })] })],
  'examples/rollout-secret.yaml': [canary({ steps: [weight(25), analyse(existingAnalysis('analysis-secret')), pause()] })],
  'examples/istio/istio-mirror.yaml': [canary({
    ...named('istio-host-split-stable', 'istio-host-split-canary'),
    traffic: istio({ virtualServices: [{ name: 'istio-host-split-vsvc', routes: ['primary'] }] }),
    steps: [canaryScale({ weight: 50 }), mirrorRoute('mirror-route', [{ method: 'POST', path: { prefix: '/color' } }], { percentage: 50 }), pause()],
  })],
  'examples/istio/istio-subset-split.yaml': [canary({ traffic: istio({ level: 'subset', virtualServices: [{ name: 'istio-subset-split-vsvc', routes: ['primary'] }] }), steps: [weight(10), pause()] }), { name: 'istio-subset-split-destrule' }],
  'examples/traffic-routing-experiment-step/rollout-alb-experiment-step.yaml': [canary({
    ...named('alb-rollout-stable', 'alb-rollout-canary'),
    traffic: alb({ ingresses: ['alb-rollout-ingress'], action: 'alb-rollout-root' }),
    steps: [weight(10), experiment({ versions: { 'experiment-alb': { of: 'canary', weight: 20 } } })],
  })],
  'Background Analysis': [canary({
    background: { analyses: [existingAnalysis('success-rate')], args: guestbook, from: 2 },
    steps: [20, 40, 60, 80].flatMap((percent) => [weight(percent), pause('10m')]),
  })],
  'Inline Analysis': [canary({ steps: [weight(20), pause('5m'), analyse(existingAnalysis('success-rate', { args: guestbook }))] })],
  'Analysis Template Arguments': [canary({
    background: existingAnalysis('args-example', { args: { ...guestbook, 'api-url': 'http://other-api', 'stable-hash': { fact: 'stable-hash' }, 'latest-hash': { fact: 'canary-hash' } } }),
    steps: [pause()],
  })],
  'BlueGreen Pre Promotion Analysis': [blueGreen({ activeService: 'active-svc', previewService: 'preview-svc', prePromotion: existingAnalysis('smoke-tests', { args: preview }) })],
  'BlueGreen Post Promotion Analysis': [blueGreen({ activeService: 'active-svc', previewService: 'preview-svc', scaleDownDelay: '10m', postPromotion: existingAnalysis('smoke-tests', { args: preview }) })],
  'Integration With Rollouts': [canary({
    steps: [experiment({
      duration: '1h',
      versions: { baseline: { of: 'stable' }, canary: { of: 'canary' } },
      analyses: { 'mann-whitney': existingAnalysis('mann-whitney', { args: { 'baseline-hash': { fact: 'stable-hash' }, 'canary-hash': { fact: 'canary-hash' } } }) },
    })],
  })],
  'Traffic routing based on a header values for Canary': [canary({
    ...named('stable-service', 'canary-service'),
    traffic: istio({ virtualServices: [{ name: 'rollouts-demo-vsvc' }] }),
    steps: [weight(20), headerRoute('set-header-1', { 'Custom-Header1': 'Mozilla', 'Custom-Header2': { prefix: 'Mozilla' }, 'Custom-Header3': { regex: 'Mozilla(.*)' } }), pause(), headerRoute('set-header-1')],
  })],
  'Traffic mirroring to canary': [canary({
    ...named('stable-service', 'canary-service'),
    traffic: istio({ virtualServices: [{ name: 'rollouts-demo-vsvc' }] }),
    steps: [canaryScale({ weight: 25 }), mirrorRoute('mirror-route', [{ method: 'GET', path: { prefix: '/' } }], { percentage: 35 }), pause('10m'), mirrorRoute('mirror-route')],
  })],
  'docs/features/traffic-management/traefik.md': [canary({
    ...named('stable-rollout', 'canary-rollout'),
    traffic: traefik(),
    steps: [weight(30), pause(), ...[40, 60, 80].flatMap((percent) => [weight(percent), pause('10s')])],
  }), { name: 'traefik-service', expose: ingress({ host: 'shop', className: 'traefik' }) }],
  'Overview': [canary({ maxSurge: '25%', maxUnavailable: 0, steps: [weight(10), pause('1h'), weight(20), pause()] })],
  'docs/features/ephemeral-metadata.md': [canary({ stableMetadata: { labels: { role: 'stable' } }, canaryMetadata: { labels: { role: 'canary' } } })],
};

const nameOf = ({ source, title }: Example): string => title ?? source;

describe('what Argo Rollouts itself shows can be said, and becomes the same strategy', () => {
  it.each(examples.map((example) => [nameOf(example), example] as const))('%s', (name, { strategy }) => {
    const [rollout, props = {}] = said[name] ?? [];
    if (rollout === undefined) throw new Error(`${name} isn't said`);
    const bare = { bare: true, labels: { app: 'guestbook' }, port: 80, service: clusterIp({ name: 'guestbook', port: 80 }), ...props } as const;
    expect(rolloutOf(rollout, bare).spec.strategy).toEqual(strategy);
  });

  it('compares every one of them', () => {
    expect(Object.keys(said).sort()).toEqual(examples.map(nameOf).sort());
  });
});
