import { once } from 'node:events';
import { createServer, type AddressInfo } from 'node:net';
import { describe, expect, it } from 'vitest';
import { named, whyWithout } from '../harness/need.ts';
import { startPlane } from '../../../lib/control-plane/plane.ts';
import { freePort } from '../../../lib/control-plane/ports.ts';

const reason = await whyWithout('supervise', 'pki', 'etcd', 'kubernetes');

describe.skipIf(reason)(named('ports', reason), () => {
  it.each([
    ['etcd', 0],
    ['the API server', 1],
  ])('starts again on others when another program holds the port of %s', async (_, index) => {
    const holder = createServer().listen(0, '127.0.0.1');
    await once(holder, 'listening');
    const taken = (holder.address() as AddressInfo).port;
    let asked = 0;
    const port = async (): Promise<number> => (asked++ === index ? taken : freePort());
    const plane = await startPlane({ controllers: false, port });
    try {
      expect(plane.server).not.toContain(String(taken));
      expect(await plane.api.get('/version')).toHaveProperty('major', '1');
      expect(asked).toBe(4);
    } finally {
      await plane.stop();
      holder.close();
    }
  });
});
