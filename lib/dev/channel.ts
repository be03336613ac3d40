import type { ChildProcess } from 'node:child_process';
import type { Channel } from './messages.ts';

/** The part that a child process and the process of a child have in common: both ends of Node's own channel. */
type End = Pick<ChildProcess, 'connected' | 'disconnect'> & {
  send?(message: unknown): boolean;
  on(event: 'message', listener: (message: unknown) => void): unknown;
  once(event: 'disconnect', listener: () => void): unknown;
};

/** A channel over Node's own between a process and its child. */
export function channelOver<In, Out>(end: End): Channel<In, Out> {
  const received: In[] = [];
  let wake: (() => void) | undefined;
  let isClosed = !end.connected;
  end.on('message', (message) => {
    received.push(message as In);
    wake?.();
  });
  const closed = new Promise<void>((resolve) => {
    const close = (): void => {
      isClosed = true;
      resolve();
      wake?.();
    };
    if (isClosed) close();
    else end.once('disconnect', close);
  });
  return {
    closed,
    send(message) {
      if (!isClosed) end.send?.(message);
    },
    async receive() {
      while (received.length === 0) {
        if (isClosed) throw new Error('the other process ended before it had said all');
        await new Promise<void>((resolve) => { wake = resolve; });
      }
      return received.shift()!;
    },
    close() {
      if (!isClosed) end.disconnect();
    },
  };
}
