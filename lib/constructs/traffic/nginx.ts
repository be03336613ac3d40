import { z } from 'zod';
import { checkedText, fieldPath } from '../../model/schema.ts';
import { dnsSubdomainProblem } from '../../values/names.ts';
import { annotationsSchema } from '../network/fields.ts';
import { ingressFor } from '../network/ingress.ts';
import type { ShapeOf } from '../python-app/container-schema.ts';
import { ingressOnly } from './ingress-only.ts';
import type { RouterImplementation } from './traffic-router.ts';

/** What `nginx()` takes. */
export interface NginxInput {
  /** Ingresses in the app's namespace beside its own that lead to the Service of the running version (`stableIngresses`). @default [] */
  readonly ingresses?: readonly string[];
  /** Prefix of the controller's annotations where it isn't the usual one (`annotationPrefix`). @default - none written: `nginx.ingress.kubernetes.io` */
  readonly annotationPrefix?: string;
  /** Annotations of the new version's Ingress without their prefix, such as `canary-by-header: X-Canary` (`additionalIngressAnnotations`). @default {} */
  readonly canaryAnnotations?: Readonly<Record<string, string>>;
  /** The same with whole names, of whatever reads them (`canaryIngressAnnotations`). @default {} */
  readonly otherAnnotations?: Readonly<Record<string, string>>;
  /** What weights add up to (`maxTrafficWeight`, annotation `canary-weight-total`). @default - none written: 100 */
  readonly totalWeight?: number;
}

/** Traffic is shared by ingress-nginx. */
export interface NginxRouter extends NginxInput {
  readonly router: 'nginx';
}

/** Shares traffic by ingress-nginx: Argo Rollouts makes a second Ingress for the new version and sets the weight there. */
export function nginx(input: NginxInput = {}): NginxRouter {
  return { router: 'nginx', ...input };
}

const ingressName = checkedText(dnsSubdomainProblem);
export const nginxSchema = z.strictObject({
  router: z.literal('nginx'),
  ingresses: z.array(ingressName).optional(),
  annotationPrefix: ingressName.optional(),
  canaryAnnotations: z.record(z.string().min(1), z.string()).optional(),
  otherAnnotations: annotationsSchema.optional(),
  totalWeight: z.int().min(1).max(1_000_000).optional(),
} satisfies ShapeOf<NginxRouter>);

/** The Ingress leads to the running version; the second one, which Argo Rollouts makes, is none of Git's. */
export const nginxRouter: RouterImplementation<NginxRouter> = {
  abilities: { headerRoutes: false, mirrorRoutes: false, experimentWeights: false, ownWeights: true, pingPong: false },
  services: () => 'main-is-stable',
  routed({ ingresses = [], annotationPrefix, canaryAnnotations, otherAnnotations, totalWeight }, { identity, domain, stable, port, expose }) {
    const own = expose?.kind === 'ingress' ? expose : undefined;
    const names = [...(own === undefined ? [] : [identity.name]), ...ingresses];
    return {
      routing: {
        ...(totalWeight !== undefined && { maxTrafficWeight: totalWeight }),
        nginx: {
          ...(names.length === 1 && names[0] !== undefined ? { stableIngress: names[0] } : { stableIngresses: names }),
          ...(annotationPrefix !== undefined && { annotationPrefix }),
          ...(canaryAnnotations !== undefined && { additionalIngressAnnotations: { ...canaryAnnotations } }),
          ...(otherAnnotations !== undefined && { canaryIngressAnnotations: { ...otherAnnotations } }),
        },
      },
      objects: own === undefined ? [] : [['ingress', ingressFor(identity, own, { domain, backend: { service: stable, port } })]],
    };
  },
  problems: ({ ingresses = [] }, use) => [
    ...ingressOnly('nginx', use, ingresses),
    ...ingresses.flatMap((name, index) => ingresses.indexOf(name) === index ? []
      : [{ where: fieldPath(use.where, ['rollout', 'traffic', 'ingresses', index]), message: `expected each Ingress once, got ${JSON.stringify(name)} again`, fix: 'leave it out' }]),
  ],
};
