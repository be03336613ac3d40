import { compareText, type Problem } from '../values/errors.ts';
import { isAllowed } from './guarded.ts';
import type { PlanInput } from './plan-types.ts';
import { inScope } from './scope.ts';

/** A folder with the tracking objects of an environment's apps on a cluster. */
interface TrackingFolder {
  readonly id: string;
  readonly environment: string;
  readonly cluster: string;
  /** What the names of tracking objects begin with: a hub's carry the member's name. */
  readonly prefix: string;
}

/**
 * Refuses what would leave an app without a ready pod, or prune data without being told, when the clusters of an app change:
 * to take away its last clusters in the commit that adds the new ones, and to take it from a cluster where it has objects with data.
 */
export function placementProblems(input: PlanInput): Problem[] {
  const after = new Set(input.units.flatMap(({ files }) => files.map(({ path }) => path)));
  const rendered = new Set(input.units.map(({ id }) => id));
  const folders = trackingFolders(input);
  const problems: Problem[] = [];
  for (const unit of input.units) {
    const { app, environment } = unit;
    if (app === undefined || environment === undefined) continue;
    const own = folders.filter((folder) => folder.environment === environment);
    const paths = (folder: TrackingFolder): string[] => ['application', 'kustomization'].map((kind) => `${folder.id}/${kind}-${folder.prefix}${app}-${environment}.yaml`);
    const before = own.filter((folder) => paths(folder).some((path) => input.state.files.has(path)));
    const staying = own.filter((folder) => (rendered.has(folder.id) ? paths(folder).some((path) => after.has(path)) : before.includes(folder) && !isGone(folder, input)));
    const left = before.filter((folder) => !staying.includes(folder)).map(({ cluster }) => cluster).sort(compareText);
    if (left.length === 0 || staying.length === 0) continue;
    const allowed = input.allowRemoval?.objects ?? [];
    if (!staying.some((folder) => before.includes(folder)) && !isAllowed(`App/${environment}/${app}`, allowed)) problems.push(jump(app, environment, left, staying));
    problems.push(...dataProblems(unit.id, left, input, allowed));
  }
  return problems;
}

function jump(app: string, environment: string, left: readonly string[], staying: readonly TrackingFolder[]): Problem {
  const added = staying.map(({ cluster }) => cluster).sort(compareText);
  const both = [...left, ...added].map((name) => `'${name}'`).join(', ');
  return {
    where: `apps/${environment}/${app}`,
    message: `would go from ${left.join(', ')} to ${added.join(', ')} in one commit, so that nothing serves it until it is ready there`,
    fix: `let it run on both first (clusters: { ${environment}: [${both}] }), and take the old one away when it is ready; slipway move ${app} --environment ${environment} --from ${left[0] ?? ''} --to ${added[0] ?? ''} says every step. If ${left.join(', ')} is lost anyway: --allow-removal App/${environment}/${app}`,
  };
}

/** Objects with data that a cluster would lose, although the app's folder may keep them for others. */
function dataProblems(id: string, left: readonly string[], { state }: PlanInput, allowed: readonly string[]): Problem[] {
  const guarded = Object.entries(state.ledgers.get(id)?.guarded ?? {});
  const losers = new Map<string, string[]>();
  for (const cluster of left) {
    const own = `${id}@${cluster}/`;
    const folder = guarded.some(([path]) => path.startsWith(own)) || state.files.has(`${own}kustomization.yaml`) ? own : `${id}/`;
    for (const object of guarded.filter(([path]) => path.startsWith(folder)).flatMap(([, objects]) => objects)) losers.set(object, [...(losers.get(object) ?? []), cluster]);
  }
  return [...losers].filter(([object]) => !isAllowed(object, allowed)).map(([object, clusters]) => ({
    where: id,
    message: `would be taken from ${clusters.join(', ')}, and with it ${object}, whose data nobody copies`,
    fix: `move the data first; if it is meant, say so by name: --allow-removal ${object}`,
  }));
}

/** The environments' tracking folders that are there, or come. */
function trackingFolders({ units, state }: PlanInput): TrackingFolder[] {
  const found = new Map<string, TrackingFolder>();
  for (const { unit, environment } of [...units.map(({ id, environment: of }) => ({ unit: id, environment: of })), ...state.ledgers.values()]) {
    const parts = unit.split('/');
    if (environment === undefined || parts[0] !== 'clusters' || parts.at(-1) !== environment) continue;
    if (parts.length === 3) found.set(unit, { id: unit, environment, cluster: parts[1] ?? '', prefix: '' });
    if (parts.length === 5 && parts[2] === 'members') found.set(unit, { id: unit, environment, cluster: parts[3] ?? '', prefix: `${parts[3] ?? ''}-` });
  }
  return [...found.values()];
}

/** Whether the publish speaks for a folder that isn't rendered any more, which then goes. */
function isGone({ id }: TrackingFolder, { scope, state }: PlanInput): boolean {
  const ledger = state.ledgers.get(id);
  return ledger !== undefined && inScope(ledger, scope);
}
