import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { ManifestValue } from '../../../lib/constructs/manifest.ts';
import { exposeSchema } from '../../../lib/constructs/network/expose-schema.ts';
import { httpRoutesFor } from '../../../lib/constructs/network/http-route.ts';
import { ingressFor } from '../../../lib/constructs/network/ingress.ts';
import { networkPolicySchema } from '../../../lib/constructs/network/network-policy-schema.ts';
import { networkPolicyFor } from '../../../lib/constructs/network/network-policy.ts';
import { serviceProblems } from '../../../lib/constructs/network/service-problems.ts';
import { serviceSchema } from '../../../lib/constructs/network/service-schema.ts';
import { serviceFor } from '../../../lib/constructs/network/service.ts';
import { ingressOptions, policyOptions, routeOptions, serviceOptions } from './arbitrary-options.ts';
import { faults, refusals, routeFacts, web, webPorts } from './samples.ts';

/** Whatever options are accepted, every API server accepts the objects made of them; and enough of them are accepted for that to say something. */
function holds<T>(arbitrary: fc.Arbitrary<T>, isAccepted: (options: T) => boolean, make: (options: T) => ManifestValue[]): void {
  let accepted = 0;
  fc.assert(fc.property(arbitrary, (options) => {
    if (!isAccepted(options)) return;
    accepted++;
    expect(make(options).flatMap(refusals)).toEqual([]);
  }), { numRuns: 1500 });
  expect(accepted).toBeGreaterThan(100);
}

describe('options that are accepted give objects that every API server accepts', () => {
  it('for Services', () => {
    holds(serviceOptions, (options) => faults(serviceSchema, options).length === 0 && serviceProblems(options, webPorts, 'web').length === 0, (options) => [serviceFor(web, options, webPorts)]);
  });

  it('for HTTPRoutes', () => {
    holds(routeOptions, (options) => faults(exposeSchema, options).length === 0, (options) => httpRoutesFor(web, options, routeFacts));
  });

  it('for Ingresses', () => {
    holds(ingressOptions, (options) => faults(exposeSchema, options).length === 0, (options) => [ingressFor(web, options, routeFacts)]);
  });

  it('for network policies', () => {
    holds(policyOptions, (options) => faults(networkPolicySchema, options).length === 0, (options) => [networkPolicyFor(web, options, { environment: 'prod', podPorts: webPorts })]);
  });
});
