import { parseAllDocuments } from 'yaml';
import { isFields, type Fields } from '../values/fields.ts';

/** The objects of a file's text, as data of which nothing is known: those of its documents, and the items of lists among them. */
export function objectsIn(text: string): Fields[] {
  return parseAllDocuments(text).flatMap((document) => unlisted('toJS' in document ? document.toJS() : undefined));
}

function unlisted(value: unknown): Fields[] {
  if (!isFields(value)) return [];
  const { items, kind } = value;
  return Array.isArray(items) && typeof kind === 'string' && kind.endsWith('List') ? items.flatMap(unlisted) : [value];
}
