import { didYouMean } from '../../values/suggest.ts';
import type { UnitRule } from '../rule.ts';
import { dig, isRecord, list, text } from '../schemas/plain.ts';
import type { LandedObject } from '../scope/landing.ts';

interface Backend {
  readonly name: string;
  readonly namespace: string;
  readonly port: unknown;
  readonly field: string;
  readonly portField: string;
}

/** A route or an Ingress sends to a port that its Service has. */
export const routeBackend: UnitRule = {
  id: 'route-backend',
  scope: 'unit',
  severity: 'error',
  title: 'A route sends to a Service and to a port that the Service has',
  fix: 'name a Service that is rendered and one of its ports',
  check(landing, report, index) {
    const routes = ['HTTPRoute', 'GRPCRoute'].flatMap((kind) => landing.ofKind(`gateway.networking.k8s.io/${kind}`));
    const found: [LandedObject, Backend][] = [
      ...routes.flatMap((route) => routeBackends(route).map((backend): [LandedObject, Backend] => [route, backend])),
      ...landing.ofKind('networking.k8s.io/Ingress').flatMap((ingress) => ingressBackends(ingress).map((backend): [LandedObject, Backend] => [ingress, backend])),
    ];
    for (const [object, { name, namespace, port, field, portField }] of found) {
      const service = landing.find('Service', namespace, name);
      if (service === undefined) {
        index.refer(landing, object, field, 'Service', namespace, name);
        continue;
      }
      if (port === undefined) continue;
      const ports = list(dig(service.value, 'spec'), 'ports');
      if (typeof port === 'string' && !ports.some((each) => dig(each, 'name') === port)) {
        report(object, { field: portField, message: `the Service ${name} has no port named ${JSON.stringify(port)}.${didYouMean(port, ports.flatMap((each) => text(each, 'name') ?? []))}` });
      } else if (typeof port === 'number' && !ports.some((each) => dig(each, 'port') === port)) {
        report(object, { field: portField, message: `the Service ${name} has no port ${port}: it has ${ports.map((each) => String(dig(each, 'port'))).join(', ') || 'none'}` });
      }
    }
  },
};

function routeBackends(route: LandedObject): Backend[] {
  return list(dig(route.value, 'spec'), 'rules').flatMap((rule, ruleIndex) =>
    list(rule, 'backendRefs').flatMap((backend, index): Backend[] => {
      const name = text(backend, 'name');
      if (name === undefined || (dig(backend, 'kind') ?? 'Service') !== 'Service' || (dig(backend, 'group') ?? '') !== '') return [];
      const field = `spec.rules[${ruleIndex}].backendRefs[${index}]`;
      return [{ name, namespace: text(backend, 'namespace') ?? route.namespace, port: dig(backend, 'port'), field: `${field}.name`, portField: `${field}.port` }];
    }));
}

function ingressBackends(ingress: LandedObject): Backend[] {
  const spec = dig(ingress.value, 'spec');
  const places = list(spec, 'rules').flatMap((rule, ruleIndex) =>
    list(dig(rule, 'http'), 'paths').map((path, index) => ({ backend: dig(path, 'backend'), field: `spec.rules[${ruleIndex}].http.paths[${index}].backend` })));
  return [{ backend: dig(spec, 'defaultBackend'), field: 'spec.defaultBackend' }, ...places].flatMap(({ backend, field }): Backend[] => {
    const service = dig(backend, 'service');
    const name = text(service, 'name');
    // What AWS's controller answers itself is no Service.
    if (!isRecord(service) || name === undefined || dig(service, 'port', 'name') === 'use-annotation') return [];
    const port = dig(service, 'port', 'name') ?? dig(service, 'port', 'number');
    return [{ name, namespace: ingress.namespace, port, field: `${field}.service.name`, portField: `${field}.service.port` }];
  });
}
