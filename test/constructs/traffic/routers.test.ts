import { describe, expect, it } from 'vitest';
import { httpRoute } from '../../../lib/constructs/network/http-route-options.ts';
import { ingress } from '../../../lib/constructs/network/ingress-options.ts';
import { alb } from '../../../lib/constructs/traffic/alb.ts';
import { gatewayApi } from '../../../lib/constructs/traffic/gateway-api/options.ts';
import { istio } from '../../../lib/constructs/traffic/istio/options.ts';
import { nginx } from '../../../lib/constructs/traffic/nginx.ts';
import { byPods } from '../../../lib/constructs/traffic/pods/pods.ts';
import { routerFor, trafficProblems, trafficRouterSchema, type TrafficRouter } from '../../../lib/constructs/traffic/routers.ts';
import { traefik } from '../../../lib/constructs/traffic/traefik/options.ts';
import { describeProblem } from '../../../lib/values/errors.ts';
import { faults } from '../network/samples.ts';
import { hardSteps, useOf } from './samples.ts';

const route = httpRoute({ host: 'shop' });
const way = (className?: string) => ingress({ host: 'shop', ...(className !== undefined && { className }) });

describe('the router of a canary', () => {
  it.each<[string, TrafficRouter | undefined, Parameters<typeof routerFor>[1], string]>([
    ['an HTTPRoute', undefined, route, 'gateway-api'],
    ['an Ingress of class nginx', undefined, way('nginx'), 'nginx'],
    ['an Ingress of class alb', undefined, way('alb'), 'alb'],
    ['an Ingress of class traefik', undefined, way('traefik'), 'traefik'],
    ['an Ingress of another class', undefined, way('kong'), 'pods'],
    ['an Ingress of the cluster\'s default class', undefined, way(), 'pods'],
    ['nothing that leads to the app', undefined, undefined, 'pods'],
    ['an HTTPRoute, if another is said', byPods(), route, 'pods'],
  ])('follows from %s', (_, said, expose, expected) => {
    expect(routerFor(said, expose).router).toBe(expected);
  });
});

describe('steps that a router can\'t do', () => {
  it('are refused, each with the routers that can', () => {
    expect(trafficProblems(byPods(), useOf({}, hardSteps)).map(describeProblem)).toEqual([
      'storefront/web: rollout.steps[1]: expected a router that can tell the number of pods from the weight (alb, gateway-api, istio, nginx, traefik), got pods\n    fix: choose one of them by `traffic`, or leave the step out',
      'storefront/web: rollout.steps[2]: expected a router that can send requests by their headers (alb, gateway-api, istio), got pods\n    fix: choose one of them by `traffic`, or leave the step out',
      'storefront/web: rollout.steps[3]: expected a router that can mirror requests (istio), got pods\n    fix: choose one of them by `traffic`, or leave the step out',
      'storefront/web: rollout.steps[4]: expected a router that can give a version of an experiment a weight (alb, gateway-api, istio), got pods\n    fix: choose one of them by `traffic`, or leave the step out',
    ]);
  });

  it.each<[TrafficRouter, Parameters<typeof useOf>[0], string[]]>([
    [alb(), { expose: way('alb') }, ['rollout.steps[2].headers.x-team: expected a whole value', 'rollout.steps[3]: expected a router that can mirror']],
    [gatewayApi(), { expose: route }, ['rollout.steps[3]: expected a router that can mirror']],
    [istio(), {}, []],
    [nginx(), { expose: way('nginx') }, ['rollout.steps[2]: expected a router that can send', 'rollout.steps[3]: expected a router that can mirror', 'rollout.steps[4]: expected a router that can give']],
    [traefik(), { expose: way('traefik') }, ['rollout.steps[2]: expected a router that can send', 'rollout.steps[3]: expected a router that can mirror', 'rollout.steps[4]: expected a router that can give']],
  ])('differ by router: %j', (router, use, expected) => {
    const found = trafficProblems(router, useOf(use, hardSteps)).map((problem) => `${problem.where.replace('storefront/web: ', '')}: ${problem.message}`);
    expect(found.map((message, index) => message.slice(0, expected[index]?.length))).toEqual(expected);
  });
});

describe('options of a router', () => {
  it.each<[unknown, string[]]>([
    [{ router: 'linkerd' }, ['web: router: expected one of alb, gateway-api, istio, nginx, pods, traefik, got "linkerd"']],
    [nginx({ ingress: 'a' } as object), ['web: ingress: unknown field. Did you mean "ingresses"? Known: annotationPrefix, canaryAnnotations, ingresses, otherAnnotations, router, totalWeight.']],
    [nginx({ totalWeight: 0 }), ['web: totalWeight: expected at least 1, got 0']],
    [alb({ sticky: '8d', action: 'Root' }), ['web: action: expected a DNS label that starts with a letter (lower-case letters, digits and "-", ending with a letter or digit, at most 63 characters), got "Root"', 'web: sticky: expected a duration such as 30s, 5m, 1h30m or 250ms, got "8d"; there is no unit for days: write hours']],
    [alb({ sticky: '200h' }), ['web: sticky: expected whole seconds from 1s to 168h, got "200h"']],
    [gatewayApi({ plugin: 'gateway', inProgressLabel: true as never }), ['web: inProgressLabel: expected { key, value } or false, got true', 'web: plugin: expected the plugin\'s name with its owner, such as argoproj-labs/gatewayAPI, got "gateway"']],
    [istio({ gateways: ['public'], path: 'api' }), ['web: gateways[0]: expected a Gateway as <namespace>/<name>, such as istio-system/public, got "public"', 'web: path: expected a path that starts with "/", got "api"']],
    [traefik({ entryPoints: [], stickyCookie: 'a b' }), ['web: entryPoints: expected at least 1 items, got a list of 0', 'web: stickyCookie: expected a name as HTTP has it, got "a b"']],
    [byPods(), []],
  ])('are checked: %j', (options, expected) => {
    expect(faults(trafficRouterSchema, options)).toEqual(expected);
  });
});
