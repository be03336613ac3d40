import type { ObjectRule } from '../rule.ts';
import { dig, list } from '../schemas/plain.ts';

const bad = ['//', '/./', '/../', '%2f', '%2F'];

/** The paths of an Ingress are paths. */
export const ingressPaths: ObjectRule = {
  id: 'ingress-paths',
  scope: 'object',
  severity: 'error',
  kinds: ['networking.k8s.io/Ingress'],
  title: 'Paths of an Ingress are absolute and plain',
  fix: 'write a path such as /api',
  check(object, report) {
    const spec = dig(object.value, 'spec');
    if (list(spec, 'rules').length === 0 && dig(spec, 'defaultBackend') === undefined) report(object, { field: 'spec', message: 'expected rules or a defaultBackend, got neither' });
    for (const [ruleIndex, rule] of list(spec, 'rules').entries()) {
      for (const [index, path] of list(dig(rule, 'http'), 'paths').entries()) {
        const text = dig(path, 'path') ?? '';
        const type = dig(path, 'pathType');
        const field = `spec.rules[${ruleIndex}].http.paths[${index}].path`;
        if (typeof text !== 'string') continue;
        if (type === 'ImplementationSpecific' ? text !== '' && !text.startsWith('/') : !text.startsWith('/')) report(object, { field, message: `expected a path that starts with "/", got ${JSON.stringify(text)}` });
        else if (type !== 'ImplementationSpecific' && (bad.some((part) => text.includes(part)) || text.endsWith('/.') || text.endsWith('/..'))) {
          report(object, { field, message: `expected a path without ${bad.join(' ')} and dots at its end, got ${JSON.stringify(text)}` });
        }
      }
    }
  },
};
