import type { ObjectRule } from '../rule.ts';
import { isRecord, record } from '../schemas/plain.ts';

const annotationLimit = 256 * 1024;
const dataLimit = 1024 * 1024;

/** Annotations and configuration data stay within what the API server stores. */
export const objectSize: ObjectRule = {
  id: 'object-size',
  scope: 'object',
  severity: 'error',
  title: 'Annotations, ConfigMaps and Secrets stay within the size that the API server stores',
  fix: 'move large content to a volume, a bucket or the image',
  check(object, report) {
    const annotations = bytesOf(record(record(object.value, 'metadata'), 'annotations'), true);
    if (annotations > annotationLimit) report(object, { field: 'metadata.annotations', message: `expected at most ${annotationLimit} bytes of annotations, got ${annotations}` });
    if (object.kind !== 'ConfigMap' && object.kind !== 'Secret') return;
    const data = bytesOf(record(object.value, 'data'), false) + bytesOf(record(object.value, 'binaryData'), false) + bytesOf(record(object.value, 'stringData'), false);
    if (data > dataLimit) report(object, { field: 'data', message: `expected at most ${dataLimit} bytes of data, got ${data}` });
  },
};

function bytesOf(map: Record<string, unknown> | undefined, withKeys: boolean): number {
  if (!isRecord(map)) return 0;
  let sum = 0;
  for (const [key, value] of Object.entries(map)) {
    if (typeof value === 'string') sum += Buffer.byteLength(value);
    if (withKeys) sum += Buffer.byteLength(key);
  }
  return sum;
}
