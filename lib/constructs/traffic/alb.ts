import type { IIngress } from 'kubernetes-models/networking.k8s.io/v1/Ingress';
import { z } from 'zod';
import { checkedText, fieldPath } from '../../model/schema.ts';
import { durationProblem, durationSeconds, parseDuration, type DurationText } from '../../values/duration.ts';
import type { Problem } from '../../values/errors.ts';
import { dns1035Problem, dnsSubdomainProblem } from '../../values/names.ts';
import { ingressFor } from '../network/ingress.ts';
import type { ShapeOf } from '../python-app/container-schema.ts';
import { ingressOnly } from './ingress-only.ts';
import type { RouterImplementation, TrafficUse } from './traffic-router.ts';

/** What `alb()` takes. */
export interface AlbInput {
  /** Ingresses in the app's namespace beside its own whose rules lead to the action (`ingresses`). @default [] */
  readonly ingresses?: readonly string[];
  /** Name of the action that rules lead to, that of a Service (`rootService`). @default - the Service of the running version */
  readonly action?: string;
  /** Prefix of the controller's annotations where it isn't the usual one (`annotationPrefix`). @default - none written: `alb.ingress.kubernetes.io` */
  readonly annotationPrefix?: string;
  /** For how long a client stays with its version, whole seconds from 1s to 168h (`stickinessConfig`). @default - it doesn't */
  readonly sticky?: DurationText;
}

/** Traffic is shared by the AWS Load Balancer Controller. */
export interface AlbRouter extends AlbInput {
  readonly router: 'alb';
}

/** Shares traffic by an AWS application load balancer: Argo Rollouts writes the weights into an annotation of the Ingress. */
export function alb(input: AlbInput = {}): AlbRouter {
  return { router: 'alb', ...input };
}

const sticky = checkedText((text) => {
  const milliseconds = parseDuration(text);
  if (milliseconds === undefined) return durationProblem(text);
  return milliseconds >= 1000 && milliseconds <= 604_800_000 && milliseconds % 1000 === 0 ? undefined : `expected whole seconds from 1s to 168h, got ${JSON.stringify(text)}`;
});
export const albSchema = z.strictObject({
  router: z.literal('alb'),
  ingresses: z.array(checkedText(dnsSubdomainProblem)).optional(),
  action: checkedText(dns1035Problem).optional(),
  annotationPrefix: checkedText(dnsSubdomainProblem).optional(),
  sticky: sticky.optional(),
} satisfies ShapeOf<AlbRouter>);

/** By this name of a port a rule leads to an action, which an annotation describes, and to no Service. */
const byAnnotation = 'use-annotation';

/** The rules of the Ingress lead to an action; what it does is written by Argo Rollouts from the first moment on, and so isn't in Git. */
export const albRouter: RouterImplementation<AlbRouter> = {
  abilities: { headerRoutes: 'exact', mirrorRoutes: false, experimentWeights: true, ownWeights: true, pingPong: true },
  services: () => 'main-is-stable',
  routed({ ingresses = [], action, annotationPrefix, sticky: stays }, { identity, domain, service, stable, port, expose, managedRoutes }) {
    const own = expose?.kind === 'ingress' ? expose : undefined;
    const names = [...(own === undefined ? [] : [identity.name]), ...ingresses];
    const root = action ?? (service === stable ? undefined : service);
    return {
      routing: {
        ...(managedRoutes.length > 0 && { managedRoutes: managedRoutes.map((name) => ({ name })) }),
        alb: {
          ...(names.length === 1 && names[0] !== undefined ? { ingress: names[0] } : { ingresses: names }),
          servicePort: port,
          ...(root !== undefined && { rootService: root }),
          ...(annotationPrefix !== undefined && { annotationPrefix }),
          ...(stays !== undefined && { stickinessConfig: { enabled: true, durationSeconds: durationSeconds(stays) } }),
        },
      },
      objects: own === undefined ? [] : [['ingress', toAction(ingressFor(identity, own, { domain, backend: { service: root ?? stable, port } }))]],
    };
  },
  problems: (options, use) => [...ingressOnly('alb', use, options.ingresses), ...portProblems(use), ...routeNameProblems(use)],
};

function toAction(ingress: IIngress): IIngress {
  for (const path of ingress.spec?.rules?.flatMap((rule) => rule.http?.paths ?? []) ?? []) {
    if (path.backend.service !== undefined) path.backend.service.port = { name: byAnnotation };
  }
  return ingress;
}

function portProblems({ where, expose }: TrafficUse): Problem[] {
  return expose?.kind !== 'ingress' ? [] : (expose.paths ?? []).flatMap((path, index) => typeof path === 'string' || path.port === undefined ? [] : [{
    where: fieldPath(where, ['expose', 'paths', index, 'port']),
    message: `expected the first port for every path, because an action has one port, got ${path.port}`,
    fix: 'leave the port out',
  }]);
}

/** A managed route becomes a path to an action of its name, written like a Service. */
function routeNameProblems({ where, steps }: TrafficUse): Problem[] {
  return steps.flatMap((step, index) => {
    const message = step.step === 'header-route' ? dns1035Problem(step.name) : undefined;
    return message === undefined ? [] : [{ where: fieldPath(where, ['rollout', 'steps', index, 'name']), message, fix: 'name the route like a Service' }];
  });
}
