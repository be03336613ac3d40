import type { Fleet } from '../model/fleet.ts';
import { compareText, type Problem } from '../values/errors.ts';

/** A kind of namespaced object that a team may deliver. */
export interface TenantKind {
  /** API group; empty for the core group. */
  readonly group: string;
  readonly kind: string;
  /** Its name in URLs and roles. */
  readonly resource: string;
}

/** Of each API group: kind -> resource. Every kind that Slipway's constructs make, and what an app may need beside them. */
const kinds: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  '': { ConfigMap: 'configmaps', PersistentVolumeClaim: 'persistentvolumeclaims', Secret: 'secrets', Service: 'services', ServiceAccount: 'serviceaccounts' },
  apps: { DaemonSet: 'daemonsets', Deployment: 'deployments', StatefulSet: 'statefulsets' },
  'argoproj.io': { AnalysisTemplate: 'analysistemplates', Rollout: 'rollouts' },
  autoscaling: { HorizontalPodAutoscaler: 'horizontalpodautoscalers' },
  batch: { CronJob: 'cronjobs', Job: 'jobs' },
  'bitnami.com': { SealedSecret: 'sealedsecrets' },
  'external-secrets.io': { ExternalSecret: 'externalsecrets', SecretStore: 'secretstores' },
  'gateway.networking.k8s.io': { GRPCRoute: 'grpcroutes', Gateway: 'gateways', HTTPRoute: 'httproutes' },
  'monitoring.coreos.com': { PodMonitor: 'podmonitors', PrometheusRule: 'prometheusrules', ServiceMonitor: 'servicemonitors' },
  'networking.istio.io': { DestinationRule: 'destinationrules', VirtualService: 'virtualservices' },
  'networking.k8s.io': { Ingress: 'ingresses', NetworkPolicy: 'networkpolicies' },
  policy: { PodDisruptionBudget: 'poddisruptionbudgets' },
  'traefik.io': { IngressRoute: 'ingressroutes', TraefikService: 'traefikservices' },
};

/** The kinds that every team may deliver, sorted by group and kind: all namespaced. */
export const tenantKinds: readonly TenantKind[] = Object.entries(kinds)
  .flatMap(([group, byKind]) => Object.entries(byKind).map(([kind, resource]) => ({ group, kind, resource })))
  .sort((a, b) => compareText(a.group, b.group) || compareText(a.kind, b.kind));

/** Fleet, as far as it says what teams may. */
type Teams = Pick<Fleet, 'externalApps' | 'teams'>;

/** The kinds that a team may deliver, sorted by group and kind: those of every team, its own, and what its external apps bring. */
export function tenantKindsOf(fleet: Teams, team: string): readonly TenantKind[] {
  const own = [...(teamIn(fleet, team)?.kinds ?? []), ...fleet.externalApps.filter((app) => app.team === team).flatMap((app) => app.kinds)];
  const known = new Set(tenantKinds.map(nameOf));
  const further = [...new Set(own)].filter((name) => !known.has(name)).map(kindOf);
  return further.length === 0 ? tenantKinds : [...tenantKinds, ...further].sort((a, b) => compareText(a.group, b.group) || compareText(a.kind, b.kind));
}

/** The cluster-scoped kinds that a team may deliver, sorted: none, unless it is a team of the platform. */
export function clusterKindsOf(fleet: Teams, team: string): readonly TenantKind[] {
  return [...new Set(teamIn(fleet, team)?.clusterKinds ?? [])].sort(compareText).map(kindOf);
}

/** Kinds (`apps/Deployment`, `Service`) of a rendered app that its team may not deliver: both controllers would refuse them on the cluster. */
export function kindProblems(fleet: Teams, app: { readonly name: string; readonly team: string; readonly file: string }, kinds: readonly string[]): Problem[] {
  const allowed = new Set(tenantKindsOf({ ...fleet, externalApps: [] }, app.team).map(nameOf));
  return [...new Set(kinds)].filter((kind) => !allowed.has(kind)).sort(compareText).map((kind) => ({
    where: app.file,
    message: `app ${app.name} renders a ${kind}, which team ${app.team} may not deliver`,
    fix: `list it in environments/index.ts: teams: { ${JSON.stringify(app.team)}: { kinds: [${JSON.stringify(kind)}] } } if it has namespaces; otherwise it belongs to the platform`,
  }));
}

function teamIn(fleet: Teams, team: string): Fleet['teams'][string] | undefined {
  return Object.hasOwn(fleet.teams, team) ? fleet.teams[team] : undefined;
}

function nameOf({ group, kind }: Pick<TenantKind, 'group' | 'kind'>): string {
  return group === '' ? kind : `${group}/${kind}`;
}

/** A kind by its name; the resource is the plural as Kubernetes itself guesses it. */
function kindOf(name: string): TenantKind {
  const slash = name.lastIndexOf('/');
  const kind = name.slice(slash + 1);
  const singular = kind.toLowerCase();
  const plural = /(s|x|z|ch|sh)$/.test(singular) ? `${singular}es` : /[^aeiou]y$/.test(singular) ? `${singular.slice(0, -1)}ies` : `${singular}s`;
  return { group: slash < 0 ? '' : name.slice(0, slash), kind, resource: plural };
}
