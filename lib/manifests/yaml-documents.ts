import { parseDocument, Scalar, visit, type Document } from 'yaml';
import { isFields } from '../values/fields.ts';
import { SlipwayError, type Problem } from '../values/errors.ts';
import type { KubeObject } from './rendered.ts';

/**
 * The objects of a YAML file as `kubectl apply -f` reads them: documents without content are left out, the items of a List stand for it.
 *
 * @param path where the text stands, for messages
 * @throws SlipwayError when a document isn't YAML, or no object with apiVersion and kind
 */
export function objectsInYaml(text: string, path: string): KubeObject[] {
  const problems: Problem[] = [];
  const objects: KubeObject[] = [];
  // Split before parsing: a manifest of megabytes is then never held as one tree of nodes.
  for (const [index, part] of text.replaceAll('\r\n', '\n').split(/^---(?:[ \t].*)?$/m).entries()) {
    if (!/^[^\s#]/m.test(part)) continue;
    try {
      add(parsed(part, `${path} (document ${index + 1})`).toJS(), `${path} (document ${index + 1})`, objects, problems);
    } catch (error) {
      if (!(error instanceof SlipwayError)) throw error;
      problems.push(...error.problems);
    }
  }
  if (problems.length > 0) throw new SlipwayError(problems);
  return objects;
}

/**
 * The value of a patch that stands inline in a kustomization. Kustomize takes the white space off its end, so that a block of text which
 * ends the patch has no line break at its own end.
 *
 * @param where where the text stands, for messages
 * @throws SlipwayError when it isn't YAML
 */
export function inlinePatch(text: string, where: string): unknown {
  const trimmed = text.trim();
  const document = parsed(trimmed, where);
  let last: Scalar | undefined;
  visit(document, { Scalar: (_, node) => { last = node; } });
  const block = last?.type === Scalar.BLOCK_LITERAL || last?.type === Scalar.BLOCK_FOLDED;
  if (last !== undefined && block && (last.range?.[1] ?? 0) >= trimmed.length && typeof last.value === 'string') last.value = last.value.replace(/\n+$/, '');
  return document.toJS();
}

/** One YAML document as the controllers read it: what their parser takes for a boolean or an octal number is one here too. */
function parsed(text: string, where: string): Document {
  const document = parseDocument(text, { version: '1.1', merge: true });
  const [error] = document.errors;
  if (error !== undefined) throw SlipwayError.of(where, `expected YAML, got something else: ${error.message.split('\n')[0] ?? ''}`);
  return document;
}

function add(value: unknown, where: string, objects: KubeObject[], problems: Problem[]): void {
  if (value === null || value === undefined) return;
  if (!isFields(value) || typeof value['kind'] !== 'string') {
    problems.push({ where, message: 'expected a Kubernetes object with apiVersion and kind' });
  } else if (value['kind'].endsWith('List') && Array.isArray(value['items'])) {
    for (const item of value['items']) add(item, where, objects, problems);
  } else if (typeof value['apiVersion'] !== 'string' && value['kind'] !== 'Kustomization') {
    problems.push({ where, message: `expected a Kubernetes object with apiVersion and kind, got a ${value['kind']} without apiVersion` });
  } else {
    objects.push({ apiVersion: 'kustomize.config.k8s.io/v1beta1', ...value } as KubeObject);
  }
}
