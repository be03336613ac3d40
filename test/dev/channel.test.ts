import { EventEmitter } from 'node:events';
import { describe, expect, it } from 'vitest';
import { channelOver } from '../../lib/dev/channel.ts';

/** One end of a channel, whose other end is the test. */
class End extends EventEmitter {
  connected = true;
  readonly sent: unknown[] = [];

  send(message: unknown): boolean {
    this.sent.push(message);
    return true;
  }

  disconnect(): void {
    this.connected = false;
    this.emit('disconnect');
  }
}

describe('the talk of a supervisor and whoever started it', () => {
  it('keeps messages that come before they are asked for, in order', async () => {
    const end = new End();
    const channel = channelOver<string, string>(end);
    end.emit('message', 'one');
    end.emit('message', 'two');
    expect([await channel.receive(), await channel.receive()]).toEqual(['one', 'two']);
  });

  it('waits for a message', async () => {
    const end = new End();
    const waiting = channelOver<string, string>(end).receive();
    end.emit('message', 'later');
    expect(await waiting).toBe('later');
  });

  it('tells the end of the other side to whoever waits, after what it had said', async () => {
    const end = new End();
    const channel = channelOver<string, string>(end);
    end.emit('message', 'last words');
    end.disconnect();
    expect(await channel.receive()).toBe('last words');
    await expect(channel.receive()).rejects.toThrow('the other process ended');
    await channel.closed;
  });

  it('says nothing to nobody', async () => {
    const end = new End();
    const channel = channelOver<string, string>(end);
    channel.send('heard');
    channel.close();
    channel.send('not heard');
    channel.close();
    expect(end.sent).toEqual(['heard']);
    await channel.closed;
  });
});
