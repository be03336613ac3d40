import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { setPin } from '../../lib/model/pin-edit.ts';
import { held, holdsIn, imagePolicyName, markersFor, withMarkers, withoutHold, withoutMarkers } from '../../lib/model/pin-markers.ts';
import { readPins } from '../../lib/model/pins.ts';
import { digest } from './sources.ts';

const file = 'environments/images/dev/kustomization.yaml';
const text = `# what runs in dev
kind: Kustomization
images:
  # the shop
  - name: storefront   # do not touch on Fridays
    newName: ghcr.io/acme/storefront
    newTag: 1.4.1
    digest: ${digest('old')}

  - digest: ${digest('api')}
    newTag: "1.10"
    name: flask-api
# end
`;
const markers = markersFor('dev', 'storefront');
const entryOf = (edited: string, image: string) => readPins(file, edited, 'optional').file.entries.get(image);

describe('the markers of a pins file', () => {
  it('stand behind tag and digest as Flux reads them', () => {
    const marked = withMarkers(file, text, 'storefront', markers);
    expect(marked).toContain('    newTag: 1.4.1 # {"$imagepolicy": "flux-system:dev-storefront:tag"}\n');
    expect(marked).toContain(`    digest: ${digest('old')} # {"$imagepolicy": "flux-system:dev-storefront:digest"}\n`);
    expect(entryOf(marked, 'storefront')?.markers).toEqual(markers);
    expect(entryOf(marked, 'flask-api')?.markers).toBeUndefined();
  });

  it('can be set twice, and taken away again to the very byte', () => {
    for (const image of ['storefront', 'flask-api']) {
      const marked = withMarkers(file, text, image, markersFor('dev', image));
      expect(withMarkers(file, marked, image, markersFor('dev', image))).toBe(marked);
      expect(withoutMarkers(file, marked, image)).toBe(text);
    }
  });

  it('are kept when a version is written, and hold for the new one', () => {
    const marked = withMarkers(file, text, 'storefront', markers);
    const pinned = setPin(file, marked, 'storefront', { tag: '1.5.0', digest: digest('new') });
    expect(entryOf(pinned, 'storefront')).toMatchObject({ newTag: '1.5.0', digest: digest('new'), markers });
  });

  it('replace those of another policy', () => {
    const renamed = withMarkers(file, withMarkers(file, text, 'storefront', markersFor('staging', 'storefront')), 'storefront', markers);
    expect(renamed).toBe(withMarkers(file, text, 'storefront', markers));
  });

  it('go when the image is held, and the reason is written down until the hold ends', () => {
    const kept = held(file, withMarkers(file, text, 'storefront', markers), 'storefront', 'loses\n orders');
    expect(kept).toBe(`# slipway:hold storefront loses orders\n${text}`);
    expect(holdsIn(kept)).toEqual(new Map([['storefront', 'loses orders']]));
    expect(held(file, kept, 'storefront', '')).toBe(`# slipway:hold storefront\n${text}`);
    expect(withoutHold(kept, 'storefront')).toBe(text);
  });

  it('can\'t share a line with a comment, which Flux would take for a part of them', () => {
    const remarked = text.replace('newTag: 1.4.1', 'newTag: 1.4.1   # from the build');
    expect(() => withMarkers(file, remarked, 'storefront', markers)).toThrow(/expected no comment beside the marker, which Flux reads whole, got "# from the build"/);
    expect(withoutMarkers(file, remarked, 'storefront')).toBe(remarked);
    expect(entryOf(text.replace('newTag: 1.4.1', `newTag: 1.4.1 # {"$imagepolicy": "${markers.newTag}"} # mine`), 'storefront')?.markers).toBeUndefined();
  });

  it('can\'t stand in an entry of one line, or of an image that has none', () => {
    const flow = 'images:\n  - { name: web, newTag: v1 }\n';
    expect(() => withMarkers(file, flow, 'web', markersFor('dev', 'web'))).toThrow(/expected an entry over several lines/);
    expect(withoutMarkers(file, flow, 'web')).toBe(flow);
    expect(() => withMarkers(file, text, 'shop', markersFor('dev', 'shop'))).toThrow(/expected a pin of image "shop", got none/);
  });

  it('leave everything else as it was, whatever the file looks like', () => {
    const indent = fc.constantFrom('', '  ');
    const newline = fc.constantFrom('\n', '\r\n');
    const comment = fc.constantFrom('', ' # mine', '   # {"not": "a marker"}');
    const names = fc.uniqueArray(fc.constantFrom('web', 'api', 'shop/worker', 'a.b'), { minLength: 1 });
    fc.assert(fc.property(indent, newline, comment, names, fc.boolean(), (space, end, remark, images, digests) => {
      const original = [`# top`, 'images:', ...images.flatMap((image) => [`${space}- name: ${image}${remark}`, `${space}  newTag: v1`, ...(digests ? [`${space}  digest: ${digest(image)}`] : [])]), ''].join(end);
      for (const image of images) {
        const marked = withMarkers(file, original, image, markersFor('dev', image));
        const wanted = markersFor('dev', image);
        expect(entryOf(marked, image)?.markers).toEqual(digests ? wanted : { newTag: wanted.newTag });
        expect(withoutMarkers(file, marked, image)).toBe(original);
        expect(withoutHold(held(file, marked, image, 'why'), image)).toBe(original);
      }
    }));
  });

  it('name one policy for each image, with a name that Kubernetes takes', () => {
    fc.assert(fc.property(fc.uniqueArray(fc.string({ unit: fc.constantFrom('a', 'B', '/', '.', '_', '-', '1'), minLength: 1, maxLength: 90 }), { minLength: 2 }), (images) => {
      const names = images.map((image) => imagePolicyName('dev', image));
      expect(new Set(names).size).toBe(images.length);
      expect(names.filter((name) => !/^[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?$/.test(name))).toEqual([]);
    }));
  });
});
