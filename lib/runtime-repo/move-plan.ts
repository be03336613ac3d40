/** An app's move from one cluster to another, and what is known of it. */
export interface MoveInput {
  readonly app: string;
  readonly environment: string;
  readonly from: string;
  readonly to: string;
  /** The clusters of the environment on which it runs now, in the environment's order. */
  readonly placement: readonly string[];
  /** What it is reached by from outside, on the two clusters; none where it isn't. */
  readonly routes: readonly MovedRoute[];
  /** Provider of external-dns on each of the two clusters. @default - it has no external-dns */
  readonly dns: { readonly from?: string; readonly to?: string };
  /** Its namespace, where nothing else of the fleet lies in it on the cluster that it leaves. @default - others use it there too */
  readonly emptied?: string;
  /** Its objects with data, such as `PersistentVolumeClaim/shop-prod/uploads`, sorted. */
  readonly stateful: readonly string[];
}

/** A route on one of the clusters. */
export interface MovedRoute {
  readonly cluster: string;
  /** Such as `HTTPRoute/web`. */
  readonly object: string;
  readonly hosts: readonly string[];
  /** Its share of the answers of DNS. @default - it has the name for itself */
  readonly weight?: number;
}

/** One step: one commit, or something that a person does. */
export interface MoveStep {
  readonly name: 'weigh' | 'create' | 'shift' | 'prune' | 'tidy';
  readonly state: 'done' | 'next' | 'later';
  /** What it does, in a sentence. */
  readonly title: string;
  /** The edits of the app's file. */
  readonly edits: readonly string[];
  /** What to run then, in order. */
  readonly run: readonly string[];
  /** What to know, and what has to be done elsewhere. */
  readonly notes: readonly string[];
}

/** The steps of a move, in the only safe order. */
export interface MovePlan {
  readonly app: string;
  readonly environment: string;
  readonly from: string;
  readonly to: string;
  readonly hosts: readonly string[];
  /** `weighted`: external-dns shifts the traffic. `by hand`: a person changes the record. `none`: nobody reaches it from outside. */
  readonly traffic: 'weighted' | 'by hand' | 'none';
  readonly steps: readonly MoveStep[];
}

/** The DNS provider of external-dns that knows weights (external-dns takes set identifiers from AWS alone). */
const weighing = 'aws';

/** Plans a move from what is there: steps that are done are marked, the first that isn't is next. */
export function planMove(input: MoveInput): MovePlan {
  const { app, environment, from, to } = input;
  const hosts = [...new Set(input.routes.flatMap((route) => route.hosts))].sort();
  const traffic = hosts.length === 0 ? 'none' : input.dns.from === weighing && input.dns.to === weighing ? 'weighted' : 'by hand';
  const steps = [
    ...(traffic === 'weighted' ? [weigh(input)] : []),
    create(input, traffic),
    ...(traffic === 'none' ? [] : [traffic === 'weighted' ? shift(input) : shiftByHand(input, hosts)]),
    prune(input, traffic),
    ...(traffic === 'weighted' ? [tidy(input)] : []),
  ];
  const next = steps.findIndex(({ done }) => !done);
  return { app, environment, from, to, hosts, traffic, steps: steps.map(({ done: _, ...step }, index): MoveStep => ({ ...step, state: next === -1 || index < next ? 'done' : index === next ? 'next' : 'later' })) };
}

type Draft = Omit<MoveStep, 'state'> & { readonly done: boolean };

function weigh(input: MoveInput): Draft {
  const own = input.routes.filter(({ cluster }) => cluster === input.from);
  return {
    name: 'weigh', title: `Give the record of ${input.from} a weight, so that a second one can stand beside it`,
    done: !input.placement.includes(input.from) || own.every(({ weight }) => weight !== undefined),
    edits: [weights({ [input.from]: 100 })], run: published(input), notes: ['external-dns replaces the plain record by a weighted one: DNS allows no mixture of both'],
  };
}

function create(input: MoveInput, traffic: MovePlan['traffic']): Draft {
  const both = [...input.placement.filter((name) => name !== input.to), input.to];
  return {
    name: 'create', title: `Run it on ${input.to} too, without traffic from outside`,
    done: input.placement.includes(input.to),
    edits: [placed(input, both), ...(traffic === 'weighted' ? [weights({ [input.from]: 100, [input.to]: 0 })] : [])],
    run: [...published(input), `slipway status ${input.app} --cluster ${input.to}`],
    notes: [
      'go on when the status exits 0: healthy there, at this commit',
      ...(input.stateful.length === 0 ? [] : [`${input.to} gets ${input.stateful.join(', ')} of its own, empty: copy the data before traffic goes there`]),
    ],
  };
}

function shift(input: MoveInput): Draft {
  const weight = (cluster: string): readonly (number | undefined)[] => input.routes.filter((route) => route.cluster === cluster).map((route) => route.weight);
  return {
    name: 'shift', title: `Send the traffic to ${input.to}`,
    done: !input.placement.includes(input.from) || (input.placement.includes(input.to) && weight(input.from).every((each) => each === 0) && weight(input.to).every((each) => (each ?? 0) > 0)),
    edits: [weights({ [input.from]: 0, [input.to]: 100 })], run: published(input),
    notes: ['in several commits where it shall go gently, such as 90 and 10 first; go on when the old answer has left the caches: wait for the TTL of the record'],
  };
}

function shiftByHand(input: MoveInput, hosts: readonly string[]): Draft {
  const providers = [input.dns.from, input.dns.to];
  const why = providers.every((provider) => provider === undefined) ? 'there is no external-dns on these clusters' : `external-dns with ${providers.map((provider) => provider ?? 'no provider').join(' and ')} knows no weights`;
  return {
    name: 'shift', title: 'Change the record by hand: nothing here can do it',
    done: !input.placement.includes(input.from),
    edits: [], run: [`slipway status ${input.app} --cluster ${input.to}`],
    notes: [`${why}: point ${hosts.join(', ')} from the addresses of ${input.from} to those of ${input.to}, which the status shows`, 'go on when the old answer has left the caches: wait for the TTL of the record'],
  };
}

function prune(input: MoveInput, traffic: MovePlan['traffic']): Draft {
  const namespace = input.emptied === undefined ? [] : [`Namespace/${input.emptied}`];
  const removals = [...input.stateful, ...namespace].map((object) => ` --allow-removal ${object}`).join('');
  return {
    name: 'prune', title: `Take it from ${input.from}`,
    done: !input.placement.includes(input.from),
    edits: [placed(input, [...input.placement.filter((name) => name !== input.from && name !== input.to), input.to]), ...(traffic === 'weighted' ? [weights({ [input.to]: 100 })] : [])],
    run: [...published(input, removals), `slipway status ${input.app} --cluster ${input.from}`],
    notes: [
      `go on when the status no longer shows it: until then ${input.from} may still take what the next commits change`,
      ...(input.stateful.length === 0 ? [] : [`${input.from} loses ${input.stateful.join(', ')}: publish refuses until each is named`]),
      ...(input.emptied === undefined ? [] : [`the empty namespace ${input.emptied} stays on ${input.from}: no controller deletes one; kubectl delete namespace does, when nothing is missed`]),
    ],
  };
}

function tidy(input: MoveInput): Draft {
  return {
    name: 'tidy', title: 'Give the record its plain form again',
    done: !input.placement.includes(input.from) && input.routes.every(({ cluster, weight }) => cluster !== input.to || weight === undefined),
    edits: ['take weightedDns out of the route\'s annotations'], run: published(input), notes: ['as soon as nothing is weighed any more; it may stay'],
  };
}

function placed({ environment }: MoveInput, clusters: readonly string[]): string {
  return `clusters: { ${/^[a-z]\w*$/.test(environment) ? environment : `'${environment}'`}: [${clusters.map((name) => `'${name}'`).join(', ')}] }`;
}

function weights(of: Readonly<Record<string, number>>): string {
  return `annotations: selectCluster({ ${Object.entries(of).map(([cluster, weight]) => `'${cluster}': weightedDns('${cluster}', ${weight})`).join(', ')}, default: {} })`;
}

function published({ environment }: MoveInput, more = ''): string[] {
  return ['git commit', `slipway publish --environment ${environment}${more}`];
}
