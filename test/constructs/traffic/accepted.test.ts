import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { exposeSchema } from '../../../lib/constructs/network/expose-schema.ts';
import type { HttpRouteOptions } from '../../../lib/constructs/network/http-route-options.ts';
import type { IngressOptions } from '../../../lib/constructs/network/ingress-options.ts';
import { alb } from '../../../lib/constructs/traffic/alb.ts';
import { gatewayApi } from '../../../lib/constructs/traffic/gateway-api/options.ts';
import { nginx } from '../../../lib/constructs/traffic/nginx.ts';
import { trafficFor, trafficProblems, type TrafficRouter } from '../../../lib/constructs/traffic/routers.ts';
import { writtenFields } from '../../../lib/constructs/traffic/written/written-fields.ts';
import type { KubeObject } from '../../../lib/manifests/rendered.ts';
import { fieldsAt, listAt, numberAt, textAt } from '../../../lib/values/fields.ts';
import { ingressOptions, routeOptions } from '../network/arbitrary-options.ts';
import { faults, refusals } from '../network/samples.ts';
import { facts, useOf } from './samples.ts';

/** The objects of a way in that is accepted with a router; undefined where it is refused. */
function objectsOf(router: TrafficRouter, expose: HttpRouteOptions | IngressOptions, managedRoutes: readonly string[]): KubeObject[] | undefined {
  if (faults(exposeSchema, expose).length > 0 || trafficProblems(router, useOf({ expose, managedRoutes })).length > 0) return undefined;
  const { routing, objects } = trafficFor(router, { ...facts, expose, managedRoutes });
  const rollout: KubeObject = { apiVersion: 'argoproj.io/v1alpha1', kind: 'Rollout', metadata: { name: 'storefront-web', namespace: 'storefront-prod' }, spec: { strategy: { canary: { stableService: facts.stable, canaryService: facts.canary, trafficRouting: routing } } } };
  return [...objects.map(([, value]) => value as KubeObject), rollout];
}

/** The value at a JSON pointer. */
function pointed(object: unknown, pointer: string): unknown {
  return pointer.slice(1).split('/').reduce<unknown>((value, part) => (Array.isArray(value) ? value[Number(part)] : fieldsAt(value)[part]), object);
}

describe('whatever way in is accepted with a router', () => {
  it('gives routes that every API server accepts, in which each shared rule has both versions and the new one nothing', () => {
    let accepted = 0;
    fc.assert(fc.property(routeOptions, fc.subarray(['beta', 'staff']), (expose, managedRoutes) => {
      const objects = objectsOf(gatewayApi(), expose, managedRoutes);
      if (objects === undefined) return;
      accepted++;
      expect(objects.flatMap(refusals)).toEqual([]);
      const rules = listAt(objects[0], 'spec', 'rules').map((rule) => listAt(rule, 'backendRefs'));
      const shared = rules.filter((refs) => refs.some((ref) => textAt(ref, 'name') === facts.stable));
      expect(shared.length).toBeGreaterThan(0);
      for (const refs of shared) expect(refs.map((ref) => [textAt(ref, 'name'), numberAt(ref, 'weight')])).toEqual([[facts.stable, 100], [facts.canary, 0]]);
    }), { numRuns: 800 });
    expect(accepted).toBeGreaterThan(20);
  });

  it('gives rules by which each weight is found, and items that are added lie beyond Git\'s', () => {
    let accepted = 0;
    fc.assert(fc.property(routeOptions, fc.subarray(['beta', 'staff']), (expose, managedRoutes) => {
      const objects = objectsOf(gatewayApi(), expose, managedRoutes);
      if (objects === undefined) return;
      accepted++;
      const route = objects[0];
      const pointers = writtenFields(objects).find(({ kind }) => kind === 'HTTPRoute')?.jsonPointers ?? [];
      const weights = pointers.filter((pointer) => pointer.endsWith('/weight'));
      expect(weights.map((pointer) => pointed(route, pointer))).toEqual(weights.map((_, index) => (index % 2 === 0 ? 100 : 0)));
      const places = pointers.filter((pointer) => !pointer.endsWith('/weight')).map((pointer) => Number(pointer.replace('/spec/rules/', '')));
      expect(places).toEqual([...places].sort((a, b) => b - a));
      for (const place of places) expect(place).toBeGreaterThanOrEqual(listAt(route, 'spec', 'rules').length);
      expect(places.length).toBe((weights.length / 2) * managedRoutes.length);
    }), { numRuns: 800 });
    expect(accepted).toBeGreaterThan(20);
  });

  it.each([nginx(), alb()])('gives Ingresses that every API server accepts: %j', (router) => {
    let accepted = 0;
    fc.assert(fc.property(ingressOptions, (expose) => {
      const objects = objectsOf(router, expose, []);
      if (objects === undefined) return;
      accepted++;
      expect(objects.flatMap(refusals)).toEqual([]);
    }), { numRuns: 400 });
    expect(accepted).toBeGreaterThan(20);
  });
});
