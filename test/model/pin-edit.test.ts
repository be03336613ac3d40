import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { setPin } from '../../lib/model/pin-edit.ts';
import { readPins } from '../../lib/model/pins.ts';
import { digest } from './sources.ts';

const file = 'environments/images/prod/kustomization.yaml';
const text = `# what runs in prod
apiVersion: kustomize.config.k8s.io/v1beta1
kind: Kustomization
images:
  # the shop
  - name: storefront   # do not touch on Fridays
    newName: ghcr.io/acme/storefront
    newTag: 1.4.1   # {"$imagepolicy": "flux-system:storefront:tag"}
    digest: ${digest('old')}

  - digest: ${digest('api')}
    name: flask-api
# end
`;

function pinsIn(edited: string): Map<string, object> {
  const read = readPins(file, edited, 'optional');
  expect(read.problems).toEqual([]);
  return new Map(read.file.entries);
}

describe('editing a pins file', () => {
  it('changes tag and digest of one image and not a byte more', () => {
    const edited = setPin(file, text, 'storefront', { tag: '1.5.0', digest: digest('new') });
    expect(edited).toBe(text.replace('1.4.1', '1.5.0').replace(digest('old'), digest('new')));
  });

  it('removes the digest where only a tag is given: an old digest would run the old image', () => {
    expect(setPin(file, text, 'storefront', { tag: '1.5.0' })).toBe(text.replace('1.4.1', '1.5.0').replace(`    digest: ${digest('old')}\n`, ''));
  });

  it('adds what an entry lacks below its name', () => {
    expect(setPin(file, text, 'flask-api', { tag: 'v2', digest: digest('api') })).toBe(text.replace('    name: flask-api\n', '    name: flask-api\n    newTag: v2\n'));
  });

  it('appends an image that is not there yet, before the comments that end the file', () => {
    expect(setPin(file, text, 'worker', { tag: '3.0.0' })).toBe(text.replace('    name: flask-api\n', '    name: flask-api\n  - name: worker\n    newTag: 3.0.0\n'));
  });

  it.each([['', 'images:\n  - name: a\n    newTag: v1\n'], ['images: []\n', 'images:\n  - name: a\n    newTag: v1\n'], ['kind: Kustomization\nimages:\n', 'kind: Kustomization\nimages:\n  - name: a\n    newTag: v1\n'], ['images: [{ name: b, newTag: v0 }]\n', 'images: [{ name: b, newTag: v0 }, { name: a, newTag: v1 }]\n'], ['images: [{ name: a, newTag: v0, digest: x }]\n', 'images: [{ name: a, newTag: v1 }]\n']])('finds the place in %j', (before, after) => {
    expect(setPin(file, before, 'a', { tag: 'v1' })).toBe(after);
  });

  it.each(['1.10', '1e5', '0777', '12', 'on', 'null', '1_000', '0b11'])('quotes the tag %s, which YAML would read as something else', (tag) => {
    expect(setPin(file, text, 'storefront', { tag })).toContain(`newTag: "${tag}"`);
  });

  it('refuses what is no version', () => {
    expect(() => setPin(file, text, 'storefront', { tag: 'latest' })).toThrow(/latest/);
    expect(() => setPin(file, text, 'storefront', { tag: '1', digest: 'sha256:1' })).toThrow(/digest/);
    expect(() => setPin(file, text, 'storefront', {})).toThrow(/got neither/);
    expect(() => setPin(file, 'images: 7\n', 'storefront', { tag: 'v1' })).toThrow(/list of `images:`/);
  });

  it('leaves every other entry, comment and line as it was, whatever is edited in whatever order', () => {
    const name = fc.constantFrom('a', 'b', 'c', 'd/e');
    const version = fc.record({ tag: fc.stringMatching(/^[A-Za-z0-9_][A-Za-z0-9_.-]{0,20}$/).filter((tag) => tag !== 'latest'), digest: fc.option(fc.string().map(digest), { nil: undefined }) });
    fc.assert(fc.property(fc.array(fc.tuple(name, version), { minLength: 1, maxLength: 8 }), (edits) => {
      let edited = text;
      for (const [image, { tag, digest: pinned }] of edits) {
        const before = pinsIn(edited);
        const was = edited;
        edited = setPin(file, edited, image, { tag, ...(pinned !== undefined && { digest: pinned }) });
        const after = pinsIn(edited);
        expect(after.get(image)).toEqual({ name: image, newTag: tag, ...(pinned !== undefined && { digest: pinned }) });
        before.delete(image);
        for (const [other, entry] of before) expect(after.get(other)).toEqual(entry);
        expect(setPin(file, edited, image, { tag, ...(pinned !== undefined && { digest: pinned }) })).toBe(edited);
        expect(edited.split('\n').filter((line) => line.includes('#'))).toEqual(was.split('\n').filter((line) => line.includes('#')));
      }
    }), { numRuns: 500 });
  });
});
