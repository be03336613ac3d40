import { describe, expect, it } from 'vitest';
import { download, redirectTarget } from '../../lib/upstream/download.ts';
import { serve } from './server.ts';

const quick = { pause: 1, tries: 3 };

describe('a download', () => {
  it('gives the bytes as they are, and follows redirects', async () => {
    const bytes = Buffer.from([0, 255, 10, 13, 0xc3]);
    const { url, asked } = await serve({ '/a': (_, response) => response.writeHead(302, { location: '/b' }).end(), '/b': (_, response) => response.writeHead(301, { location: 'c' }).end(), '/c': bytes });
    expect(await download(`${url}/a`, quick)).toEqual(bytes);
    expect(asked).toEqual(['/a', '/b', '/c']);
  });

  it('that isn\'t there is undefined, asked for once', async () => {
    const { url, asked } = await serve({ '/gone': (_, response) => response.writeHead(410).end() });
    expect(await download(`${url}/nothing`, quick)).toBeUndefined();
    expect(await download(`${url}/gone`, quick)).toBeUndefined();
    expect(asked).toHaveLength(2);
  });

  it('is tried again when the server has trouble', async () => {
    const { url } = await serve({ '/a': (_, response, count) => count < 3 ? response.writeHead(count === 1 ? 503 : 429).end() : response.end('now') });
    expect((await download(`${url}/a`, quick))?.toString()).toBe('now');
  });

  it('is given up with the last reason', async () => {
    const { url, asked } = await serve({ '/a': (_, response) => response.writeHead(500).end() });
    await expect(download(`${url}/a`, quick)).rejects.toThrow(/expected a file, got none in 3 tries: the server answered 500\n {4}fix: .*--from FOLDER\|URL/);
    expect(asked).toHaveLength(3);
  });

  it('that is refused isn\'t tried again', async () => {
    const { url, asked } = await serve({ '/a': (_, response) => response.writeHead(403).end() });
    await expect(download(`${url}/a`, quick)).rejects.toThrow('got the answer 403 Forbidden');
    expect(asked).toHaveLength(1);
  });

  it.each([['with its length', { 'content-length': '100' }], ['in chunks', {}]])('that is cut off (%s) is never taken for the whole', async (_, headers) => {
    const { url, asked } = await serve({ '/a': (_request, response) => {
      response.writeHead(200, headers);
      response.write('half');
      setImmediate(() => response.destroy());
    } });
    await expect(download(`${url}/a`, quick)).rejects.toThrow('expected a file, got none in 3 tries');
    expect(asked).toHaveLength(3);
  });

  it('of which nothing comes is given up', async () => {
    const { url } = await serve({ '/a': () => undefined });
    await expect(download(`${url}/a`, { tries: 1, timeout: 50 })).rejects.toThrow('no complete answer in 50 ms');
  });

  it('stops at a redirect that goes round in circles, or away from the web', async () => {
    const { url } = await serve({ '/a': (_, response) => response.writeHead(302, { location: '/a' }).end(), '/b': (_, response) => response.writeHead(302, { location: 'ftp://x.example/y' }).end() });
    await expect(download(`${url}/a`, quick)).rejects.toThrow('more than 5 redirects');
    await expect(download(`${url}/b`, quick)).rejects.toThrow('got a redirect to ftp://x.example/y');
  });

  it.each([
    ['https://a.example/x', 'https://b.example/y', 'https://b.example/y'], ['https://a.example/x/y', '../z', 'https://a.example/z'], ['http://a.example/x', 'https://b.example/', 'https://b.example/'],
    ['https://a.example/x', 'http://a.example/x', undefined], ['https://a.example/x', 'file:///etc/passwd', undefined], ['https://a.example/x', 'http://', undefined],
  ])('that is sent from %s to %s goes to %s', (from, location, target) => {
    expect(redirectTarget(from, location)).toBe(target);
  });

  it('from a server that isn\'t there says why, without a password', async () => {
    await expect(download('http://127.0.0.1:9/x', { tries: 1 })).rejects.toThrow(/127\.0\.0\.1:9\/x: expected a file, got none in 1 try: fetch failed/);
  });
});
