import { describe, expect, it } from 'vitest';
import { refuseLeftovers } from '../../../lib/clusters/leftovers/refuse.ts';
import type { Leftover } from '../../../lib/clusters/leftovers/leftover.ts';
import { SlipwayError } from '../../../lib/values/errors.ts';

/** Asks about a cluster with or without an answer: what was refused, and what was told. */
async function ask(look: () => Promise<readonly Leftover[]>, answer?: string): Promise<{ readonly refused?: unknown; readonly told: readonly string[]; readonly looks: number }> {
  const told: string[] = [];
  let looks = 0;
  const refused = await refuseLeftovers({ cluster: 'prod-eu', answer, look: () => { looks += 1; return look(); }, tell: (line) => told.push(line) }).catch((error: unknown) => error);
  return { ...(refused !== undefined && { refused }), told, looks };
}

const two = (): Promise<readonly Leftover[]> => Promise.resolve([{ object: 'PersistentVolume pvc-a', what: 'a volume: vol-a' }, { object: 'Service shop/web', what: 'a load balancer: 192.0.2.1' }]);
const away = (): Promise<never> => Promise.reject(SlipwayError.of('the API server', 'https://x can\'t be reached: ECONNREFUSED', 'see that the kubeconfig is right'));

describe('deleting a cluster', () => {
  it('goes on without a word where nothing is left behind', async () => {
    expect(await ask(() => Promise.resolve([]))).toEqual({ told: [], looks: 1 });
    expect(await ask(() => Promise.resolve([]), 'accept')).toEqual({ told: [], looks: 1 });
  });

  it('is refused by the names of all that would be left behind, and both ways on', async () => {
    const { refused, told } = await ask(two);
    expect((refused as Error).message.split('\n')).toEqual([
      'PersistentVolume pvc-a: would leave behind a volume: vol-a',
      'Service shop/web: would leave behind a load balancer: 192.0.2.1',
      'cluster prod-eu: expected nothing that the cloud would keep and bill beyond the cluster, found 2 things. Nothing was deleted',
      expect.stringMatching(/^ {4}fix: take the apps and add-ons .* out of Git, .*; or .*: SLIPWAY_LEFT_BEHIND=accept pulumi destroy$/),
    ]);
    expect(told).toEqual([]);
    expect((await ask(two, '')).refused).toEqual(refused);
  });

  it('goes on where that is accepted, and names all of it a last time', async () => {
    expect(await ask(two, 'accept')).toEqual({ looks: 1, told: [
      'SLIPWAY_LEFT_BEHIND=accept: cluster prod-eu is deleted all the same',
      'PersistentVolume pvc-a: would leave behind a volume: vol-a',
      'Service shop/web: would leave behind a load balancer: 192.0.2.1',
    ] });
  });

  it('is refused where nobody can look, with the same way on', async () => {
    const { refused } = await ask(away);
    expect((refused as Error).message.split('\n')).toEqual([
      'the API server: https://x can\'t be reached: ECONNREFUSED',
      '    fix: see that the kubeconfig is right',
      'cluster prod-eu: expected to see what the cloud would keep and bill beyond the cluster, and can\'t look. Nothing was deleted',
      expect.stringMatching(/^ {4}fix: reach it from here \(pulumi up --refresh .*: SLIPWAY_LEFT_BEHIND=accept pulumi destroy$/),
    ]);
    expect((await ask(away, 'accept')).told).toEqual(['SLIPWAY_LEFT_BEHIND=accept: cluster prod-eu is deleted all the same', 'the API server: https://x can\'t be reached: ECONNREFUSED']);
  });

  it('takes no other word for a yes, and doesn\'t even look then', async () => {
    const { refused, looks } = await ask(() => Promise.resolve([]), 'yes');
    expect((refused as Error).message).toBe('SLIPWAY_LEFT_BEHIND: expected accept, or nothing, got "yes"\n    fix: SLIPWAY_LEFT_BEHIND=accept pulumi destroy');
    expect(looks).toBe(0);
  });

  it('hides no fault of the program behind an accepted answer', async () => {
    expect((await ask(() => Promise.reject(new TypeError('a fault')), 'accept')).refused).toBeInstanceOf(TypeError);
  });
});
