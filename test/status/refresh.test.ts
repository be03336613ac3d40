import { describe, expect, it } from 'vitest';
import type { KubeContext } from '../../lib/status/kubectl.ts';
import { refresh } from '../../lib/status/refresh.ts';

const application = (name: string, annotations: Record<string, string> = {}) => ({ kind: 'Application', metadata: { name, annotations } });
const requested = { 'argocd.argoproj.io/refresh': 'normal' };

/** Asks while lists answer one after another, the last of them again and again; says what was done in which order. */
async function asked(lists: readonly (readonly object[])[], names: readonly string[] = ['web'], looks = 5): Promise<{ readonly done: readonly string[]; readonly waiting: readonly string[] }> {
  const done: string[] = [];
  let listed = 0;
  const context = {
    list: () => {
      done.push('list');
      return Promise.resolve(lists[Math.min(listed++, lists.length - 1)] ?? []);
    },
    run: (args: readonly string[]) => {
      done.push(`annotate ${args.slice(5, -1).join(' ')}`);
      return Promise.resolve('');
    },
  } as unknown as KubeContext;
  const pause = (): Promise<void> => {
    done.push('pause');
    return Promise.resolve();
  };
  return { done, waiting: await refresh(context, { kind: 'argo-cd', namespace: 'argocd' } as Parameters<typeof refresh>[1], names, 'now', { looks, pause }) };
}

describe('asking Argo CD to look at Git', () => {
  it('waits until another\'s request is answered, which would take this one away with it', async () => {
    const { done, waiting } = await asked([[application('web', requested)], [application('web')], [application('web', requested)], [application('web')]]);
    expect(done).toEqual(['list', 'pause', 'list', 'annotate web', 'list', 'pause', 'list']);
    expect(waiting).toEqual([]);
  });

  it('asks all the same when the other request isn\'t answered in time, and says who hasn\'t looked', async () => {
    const { done, waiting } = await asked([[application('web', requested), application('api')]], ['web', 'api'], 2);
    expect(done).toEqual(['list', 'pause', 'list', 'annotate web api', 'list', 'pause', 'list']);
    expect(waiting).toEqual(['web']);
  });

  it('does nothing where nothing is tracked', async () => {
    expect(await asked([[]], [])).toEqual({ done: [], waiting: [] });
  });
});
