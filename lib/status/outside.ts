import { compareText } from '../values/errors.ts';
import { listAt, textAt } from '../values/fields.ts';

/** The images that pods of these objects run, sorted: those of containers that are there, not those that Git asks for. */
export function imagesOf(objects: readonly unknown[]): string[] {
  const pods = objects.filter((object) => textAt(object, 'kind') === 'Pod' && textAt(object, 'status', 'phase') === 'Running');
  return sorted(pods.flatMap((pod) => listAt(pod, 'spec', 'containers').flatMap((container) => textAt(container, 'image') ?? [])));
}

/** Where these objects are reached from outside of the cluster, sorted: by ingresses, routes and load balancers. */
export function addressesOf(objects: readonly unknown[]): string[] {
  return sorted(objects.flatMap((object) => {
    switch (textAt(object, 'kind')) {
      case 'Ingress':
        return ingressAddresses(object);
      case 'HTTPRoute':
        return listAt(object, 'spec', 'hostnames').map((host) => `https://${String(host)}`);
      case 'Service':
        return textAt(object, 'spec', 'type') === 'LoadBalancer' ? balancers(object) : [];
      default:
        return [];
    }
  }));
}

function ingressAddresses(ingress: unknown): string[] {
  const secure = new Set(listAt(ingress, 'spec', 'tls').flatMap((tls) => listAt(tls, 'hosts')));
  const hosts = listAt(ingress, 'spec', 'rules').flatMap((rule) => textAt(rule, 'host') ?? []);
  return hosts.length === 0 ? balancers(ingress) : hosts.map((host) => `${secure.has(host) ? 'https' : 'http'}://${host}`);
}

function balancers(object: unknown): string[] {
  return listAt(object, 'status', 'loadBalancer', 'ingress').flatMap((each) => textAt(each, 'hostname') ?? textAt(each, 'ip') ?? []);
}

function sorted(texts: readonly string[]): string[] {
  return [...new Set(texts)].sort(compareText);
}
