import { fieldPath } from '../../../model/schema.ts';
import type { Problem } from '../../../values/errors.ts';
import type { TrafficUse } from '../traffic-router.ts';
import type { IstioInput, IstioRouter } from './options.ts';

/** What one's own VirtualService is made of: said beside those of others it would come to nothing. */
const ownOnly = ['gateways', 'host', 'mesh', 'path', 'proxies', 'timeout'] as const satisfies readonly (keyof IstioInput)[];

/** What is wrong between the router's options and the app. */
export function istioProblems(options: IstioRouter, { where, expose, steps }: TrafficUse): Problem[] {
  const at = (...path: PropertyKey[]): string => fieldPath(where, ['rollout', 'traffic', ...path]);
  const problems: Problem[] = [];
  if (expose !== undefined) problems.push({ where: fieldPath(where, ['expose']), message: `expected no ${expose.kind === 'ingress' ? 'Ingress' : 'HTTPRoute'} beside Istio: it leads past the VirtualService, so that its traffic wouldn't be shared, got one`, fix: 'leave expose out and say istio({ host: …, gateways: […] })' });
  if (options.virtualServices !== undefined) {
    problems.push(...ownOnly.filter((field) => options[field] !== undefined).map((field) => ({ where: at(field), message: `expected no ${field} beside virtualServices, which are made elsewhere, got one`, fix: 'say it in the VirtualService, or leave virtualServices out' })));
    problems.push(...options.virtualServices.flatMap(({ name }, index, all) => all.findIndex((each) => each.name === name) === index ? [] : [{ where: at('virtualServices', index), message: `expected each VirtualService once, got ${JSON.stringify(name)} again`, fix: 'leave it out' }]));
  } else {
    if (options.host !== undefined && options.gateways === undefined) problems.push({ where: at('gateways'), message: 'expected the Gateways that take the host, got nothing', fix: 'name them, such as gateways: [\'istio-system/public\']' });
    if (options.gateways !== undefined && options.host === undefined) problems.push({ where: at('host'), message: 'expected the host that the Gateways take, got nothing', fix: 'say host' });
    if (options.mesh === false && options.host === undefined) problems.push({ where: at('mesh'), message: 'expected a host and Gateways, or the mesh, got neither', fix: 'leave mesh: false out, or say host and gateways' });
  }
  if (options.additionalSubsets !== undefined && options.level !== 'subset') problems.push({ where: at('additionalSubsets'), message: 'expected level: \'subset\' with further subsets, got level: \'host\'', fix: 'leave them out, or say level: \'subset\'' });
  const taken = steps.flatMap((step, index) => (step.step === 'header-route' || step.step === 'mirror-route') && step.name === 'primary' ? [index] : []);
  return [...problems, ...taken.map((index) => ({ where: fieldPath(where, ['rollout', 'steps', index, 'name']), message: 'expected a name other than "primary", which is the VirtualService\'s own route, got "primary"', fix: 'name the route otherwise' }))];
}
