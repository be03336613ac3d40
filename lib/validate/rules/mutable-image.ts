import { parseImageReference, tagProblem } from '../../values/image-reference.ts';
import type { ObjectRule } from '../rule.ts';
import { text } from '../schemas/plain.ts';
import { changedImage } from '../scope/images.ts';
import { workloadKinds } from '../scope/workload.ts';

/** What runs is one version, the same tomorrow as today. */
export const mutableImage: ObjectRule = {
  id: 'mutable-image',
  scope: 'object',
  severity: 'error',
  kinds: workloadKinds,
  title: 'Every image names one version: a digest, or a tag that is not `latest`',
  fix: 'pin the image in environments/images/<environment>/kustomization.yaml',
  check(object, report, landing) {
    const changes = landing.imageChangesFor(object.file);
    for (const { value, field } of object.workload?.containers ?? []) {
      const written = text(value, 'image');
      if (written === undefined) continue;
      const image = changedImage(written, changes);
      const reference = parseImageReference(image);
      const place = `${field}.image`;
      if (reference === undefined) {
        report(object, { field: place, message: `expected an image reference, got ${JSON.stringify(image)}`, fix: 'write registry/name:tag@digest, in lower case' });
      } else if (reference.digest === undefined) {
        const problem = reference.tag === undefined ? `expected a tag or a digest, got ${JSON.stringify(image)}, which runs latest` : tagProblem(reference.tag);
        if (problem !== undefined) report(object, { field: place, message: problem });
      }
    }
  },
};
