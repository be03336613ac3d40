import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { digestProblem, formatImageReference, imageNameProblem, parseImageReference, tagProblem } from '../../lib/values/image-reference.ts';
import { goAnswers } from './go-answers.ts';

const digest = `sha256:${'0a'.repeat(32)}`;

describe('image references', () => {
  it.each(goAnswers.references)('reads %j as the distribution grammar does', (text, parts) => {
    const reference = parseImageReference(text);
    expect(reference === undefined ? null : [reference.name, reference.tag ?? '', reference.digest ?? '']).toEqual(parts);
    if (reference !== undefined) expect(formatImageReference(reference)).toBe(text);
  });

  it('tells a registry from the first folder of a path', () => {
    const split = (text: string) => [parseImageReference(text)?.registry, parseImageReference(text)?.path];
    expect(split('ghcr.io/acme/web')).toEqual(['ghcr.io', 'acme/web']);
    expect(split('acme/web')).toEqual([undefined, 'acme/web']);
    expect(split('localhost/web:1')).toEqual(['localhost', 'web']);
    expect(split('registry:5000/a/b@' + digest)).toEqual(['registry:5000', 'a/b']);
  });

  it('writes back what it read', () => {
    const part = fc.stringMatching(/^[a-z0-9]{1,8}((\.|_|__|-{1,3})[a-z0-9]{1,8}){0,2}$/);
    const registry = fc.constantFrom('acme/', 'ghcr.io/', 'localhost:5000/', 'localhost/', '[::1]:80/');
    const tag = fc.option(fc.stringMatching(/^[A-Za-z0-9_][A-Za-z0-9_.-]{0,20}$/), { nil: undefined });
    fc.assert(fc.property(registry, part, part, tag, fc.constantFrom(undefined, digest), (host, a, b, tagText, digestText) => {
      const text = formatImageReference({ name: `${host}${a}/${b}`, ...(tagText !== undefined && { tag: tagText }), ...(digestText !== undefined && { digest: digestText }) });
      const read = parseImageReference(text);
      expect(read).toMatchObject({ name: `${host}${a}/${b}` });
      expect(read?.tag).toBe(tagText);
      expect(read?.digest).toBe(digestText);
    }));
  });

  it('takes only complete digests', () => {
    expect(digestProblem(digest)).toBeUndefined();
    for (const text of ['', 'latest', 'sha256:', 'sha256:abc', digest.toUpperCase(), digest.slice(7), `${digest}0`, ` ${digest}`]) {
      expect(digestProblem(text), text).toContain('expected a digest');
    }
  });

  it('takes tags that name one version; latest moves', () => {
    for (const text of ['1', 'v1.2.3', 'main-abc1234-1700000000', '_x', '1.0.0-rc.1', 'latest-1']) expect(tagProblem(text), text).toBeUndefined();
    expect(tagProblem('latest')).toContain('which moves');
    expect(tagProblem('Latest')).toContain('which moves');
    for (const text of ['', '-a', '.a', 'a b', 'a:b', 'a@b', 'a+b', 'x'.repeat(129)]) expect(tagProblem(text), text).toContain('expected a tag of at most 128');
  });

  it('says when a name carries a version', () => {
    expect(imageNameProblem('ghcr.io/acme/web')).toBeUndefined();
    expect(imageNameProblem('web:1')).toBe('expected an image name without a tag, got "web:1"');
    expect(imageNameProblem(`web:1@${digest}`)).toContain('without a digest');
    expect(imageNameProblem('Web')).toContain('expected an image name such as');
  });
});
