import { identityOf, isReached, type WaitFor } from '../../synth/bootstrap-readiness.ts';
import type { ApplyPhase, Bootstrap, SecretsPhase } from '../../synth/bootstrap.ts';
import type { RequiredSecret } from '../../synth/required-secret.ts';
import { SlipwayError, throwProblems, type Problem } from '../../values/errors.ts';
import { at, isFields, listAt, textAt } from '../../values/fields.ts';
import type { ApiServer } from './api-server.ts';
import { refuseForeign } from './foreign.ts';
import { refuseRunningFormer } from './former.ts';

/** What an execution needs beside the phases. */
export interface ExecuteOptions {
  /** The commit of the runtime repo that was read. */
  readonly commit: string;
  /** The commit at which the runtime repo stands now: a publish may have come in between. */
  head(): Promise<string>;
  /** Takes over a controller that somebody else installed. @default false */
  readonly adopt?: boolean;
  /** Whether to wait until the controller follows the repository; `false` where a person has to let it in first. @default true */
  readonly follow?: boolean;
  /** Told what happens. */
  tell(line: string): void;
  /** Waits; a test's clock runs faster. */
  sleep(milliseconds: number): Promise<void>;
  /** How long each object may take, in milliseconds. @default 600000 */
  readonly patience?: number;
}

const pollEvery = 2000;

/**
 * Executes the phases of a bootstrap, in order, each until what it waits for is reached. One that stopped midway goes on. On a cluster whose
 * controller follows the runtime repo already nothing is applied: what the controller added to its objects would be taken away for a moment.
 */
export async function executeBootstrap(server: ApiServer, bootstrap: Bootstrap, options: ExecuteOptions): Promise<void> {
  if (options.adopt !== true) await refuseForeign(server, bootstrap);
  await refuseRunningFormer(server, bootstrap);
  const running = await followsAlready(server, bootstrap);
  if (running) options.tell(`${bootstrap.cluster} follows the runtime repo already: its controller owns what is there`);
  for (const phase of bootstrap.phases) {
    if (phase.kind === 'apply' && running) {
      if (phase.name === 'root') await follow(server, phase, options);
      continue;
    }
    if (phase.kind === 'secrets') await needSecrets(server, phase, options);
    else await apply(server, bootstrap, phase, options);
  }
}

async function apply(server: ApiServer, { fieldManager }: Bootstrap, phase: ApplyPhase, options: ExecuteOptions): Promise<void> {
  options.tell(`${phase.name}: ${phase.objects.length} objects of ${phase.folder}`);
  for (const object of phase.objects) await server.apply(object, fieldManager);
  if (phase.name === 'root') await follow(server, phase, options);
  else for (const wanted of phase.waitFor) await reach(server, phase, wanted, options);
}

async function follow(server: ApiServer, phase: ApplyPhase, options: ExecuteOptions): Promise<void> {
  if (options.follow === false) return;
  for (const wanted of phase.waitFor) await reach(server, phase, wanted, options);
}

/** What says of a root's objects which repository, branch and folder they follow. */
const followed = ['path', 'ref', 'source', 'sourceRef', 'url'] as const;

/** Whether every object of the root is there and follows what it would follow if it were applied now. */
async function followsAlready(server: ApiServer, { phases }: Bootstrap): Promise<boolean> {
  for (const object of phases.flatMap((phase) => (phase.kind === 'apply' && phase.name === 'root' ? phase.objects : []))) {
    const live = await server.find(identityOf(object));
    if (live === undefined || !followed.every((field) => holds(at(live, 'spec', field), at(object, 'spec', field)))) return false;
  }
  return true;
}

/** Whether one value has all that another has. */
function holds(live: unknown, wanted: unknown): boolean {
  if (Array.isArray(wanted)) return Array.isArray(live) && live.length === wanted.length && wanted.every((item, index) => holds(live[index], item));
  if (isFields(wanted)) return isFields(live) && Object.entries(wanted).every(([key, value]) => holds(live[key], value));
  return live === wanted;
}

async function reach(server: ApiServer, phase: ApplyPhase, { object, until }: WaitFor, options: ExecuteOptions): Promise<void> {
  const patience = options.patience ?? 600_000;
  let commit = options.commit;
  for (let waited = 0; ; waited += pollEvery) {
    const live = await server.find(object);
    if (isReached(until, live, commit)) return;
    // At another commit than the one that was read: right, if that is where the repository stands by now.
    if (phase.name === 'root' && isReached(until, live)) {
      commit = await options.head();
      if (isReached(until, live, commit)) return;
    }
    if (waited >= patience) throw SlipwayError.of(`${object.kind} ${object.name}`, `expected it to be ${until} within ${patience / 60_000} minutes (${phase.name}), got ${tell(live)}`, 'mend what it says and run pulumi up again: it goes on where it stopped');
    await options.sleep(pollEvery);
  }
}

/** What an object says of itself, in a line. */
function tell(live: unknown): string {
  if (live === undefined) return 'no such object';
  const conditions = [...listAt(live, 'status', 'conditions'), ...(at(live, 'status', 'operationState') === undefined ? [] : [at(live, 'status', 'operationState')])];
  const said = conditions.map((condition) => [textAt(condition, 'type') ?? textAt(condition, 'phase'), textAt(condition, 'status'), textAt(condition, 'message')].filter((part) => part !== undefined).join(' '));
  return said.length === 0 ? `status ${JSON.stringify(at(live, 'status') ?? {})}` : said.join('; ');
}

async function needSecrets(server: ApiServer, { name, secrets }: SecretsPhase, options: ExecuteOptions): Promise<void> {
  const missing: RequiredSecret[] = [];
  for (const secret of secrets) if (!await isThere(server, secret)) missing.push(secret);
  if (name === 'app-secrets') {
    for (const secret of missing) options.tell(`still to bring: ${secret.namespace}/${secret.name}: ${secret.bring}`);
    return;
  }
  // A hub is there before its members are: each is registered by its own stack.
  for (const { namespace, name: secret, bring } of missing.filter(({ purpose }) => purpose === 'member')) options.tell(`still to bring: ${namespace}/${secret}: ${bring}`);
  throwProblems(missing.filter(({ purpose }) => purpose !== 'member').map((secret): Problem => ({ where: `${secret.namespace}/${secret.name}`, message: `expected a Secret with ${secret.keys.join(', ') || 'its keys'}, which ${secret.namedBy.join(', ')} needs from the start, found none`, fix: `bring it: ${secret.bring}` })));
}

async function isThere(server: ApiServer, { namespace, name, labels }: RequiredSecret): Promise<boolean> {
  if (await server.find({ apiVersion: 'v1', kind: 'Secret', namespace, name }) !== undefined) return true;
  // A key that opens sealed secrets has a name of its own making.
  if (labels === undefined || name !== 'sealed-secrets-key') return false;
  const all = await server.list('v1', 'Secret');
  return all.some((secret) => textAt(secret, 'metadata', 'namespace') === namespace && Object.entries(labels).every(([key, value]) => textAt(secret, 'metadata', 'labels', key) === value));
}
