import { compareText } from '../values/errors.ts';
import { at, listAt, textAt } from '../values/fields.ts';
import { healths, type Health, type LastResult, type Sync, type TrackedReading } from './status.ts';
import { placeOf } from './tracking-labels.ts';

/** What an Application says, as the API server answers it. */
export function readApplication(application: unknown): TrackedReading {
  const revision = textAt(application, 'status', 'sync', 'revision') ?? text(listAt(application, 'status', 'sync', 'revisions').at(-1));
  const result = lastResult(application);
  const problems = listAt(application, 'status', 'conditions').map((condition) => `${textAt(condition, 'type') ?? 'Condition'}: ${textAt(condition, 'message') ?? ''}`);
  return {
    ...placeOf(application),
    health: healthOf(textAt(application, 'status', 'health', 'status')),
    sync: syncOf(textAt(application, 'status', 'sync', 'status')),
    byHand: at(application, 'spec', 'syncPolicy', 'automated') === undefined,
    ...(revision !== undefined && { revision }),
    folders: [at(application, 'spec', 'source'), ...listAt(application, 'spec', 'sources')].flatMap((source) => textAt(source, 'path') ?? []),
    ...(result !== undefined && { result }),
    resources: listAt(application, 'status', 'resources').map((resource) => ({
      group: textAt(resource, 'group') ?? '',
      version: textAt(resource, 'version') ?? 'v1',
      kind: textAt(resource, 'kind') ?? '',
      namespace: textAt(resource, 'namespace') ?? '',
      name: textAt(resource, 'name') ?? '',
      ...(textAt(resource, 'status') !== undefined && { sync: syncOf(textAt(resource, 'status')) }),
    })),
    problems: problems.sort(compareText),
  };
}

function lastResult(application: unknown): LastResult | undefined {
  const operation = at(application, 'status', 'operationState');
  const phase = textAt(operation, 'phase');
  if (phase === undefined) return undefined;
  const revision = textAt(operation, 'syncResult', 'revision') ?? text(listAt(operation, 'syncResult', 'revisions').at(-1)) ?? textAt(operation, 'operation', 'sync', 'revision');
  const time = textAt(operation, 'finishedAt') ?? textAt(operation, 'startedAt');
  const message = textAt(operation, 'message');
  return {
    phase: phase === 'Succeeded' ? 'Succeeded' : phase === 'Running' || phase === 'Terminating' ? 'Running' : 'Failed',
    ...(revision !== undefined && { revision }),
    ...(time !== undefined && { at: time }),
    ...(message !== undefined && { message }),
  };
}

function healthOf(word: string | undefined): Health {
  return healths.find((health) => health === word) ?? 'Unknown';
}

function syncOf(word: string | undefined): Sync {
  return word === 'Synced' || word === 'OutOfSync' ? word : 'Unknown';
}

function text(value: unknown): string | undefined {
  return typeof value === 'string' ? value : undefined;
}
