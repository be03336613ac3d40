import { isMap, isScalar, isSeq, parseDocument, type YAMLMap } from 'yaml';
import { contentHash } from '../values/content-hash.ts';
import { SlipwayError } from '../values/errors.ts';

/** The namespace in which Flux looks for the policies that markers name. */
const policyNamespace = 'flux-system';
/** The fields of a pin that image automation writes, and what of the image each takes. */
const marked = { newTag: 'tag', digest: 'digest' } as const;
type MarkedField = keyof typeof marked;

/** Flux reads the whole comment as JSON: nothing else may stand in it. */
const markerPattern = /[ \t]*#[ \t]*\{\s*"\$imagepolicy"\s*:\s*"([^"]*)"\s*\}[ \t]*$/;
const holdPattern = /^#[ \t]*slipway:hold[ \t]+(\S+)(?:[ \t]+(.*\S))?[ \t]*$/;

/** Setter markers of an entry, by field: what each names, such as `flux-system:dev-storefront:tag`. */
export type Markers = Readonly<Partial<Record<MarkedField, string>>>;

/** Name of the ImagePolicy of an image in an environment. */
export function imagePolicyName(environment: string, image: string): string {
  const plain = image.toLowerCase().replace(/[^a-z0-9]+/g, '-').replace(/^-+|-+$/g, '');
  const name = `${environment}-${plain}`;
  return plain === image && name.length <= 63 ? name : `${name.slice(0, 52).replace(/-+$/, '')}-${contentHash(image)}`;
}

/** The markers that the pin of an image needs for Flux to write it: of the tag, and of the digest where it has one. */
export function markersFor(environment: string, image: string): Required<Markers> {
  const policy = `${policyNamespace}:${imagePolicyName(environment, image)}`;
  return { newTag: `${policy}:${marked.newTag}`, digest: `${policy}:${marked.digest}` };
}

/** The markers that an entry has. */
export function markersIn(entry: YAMLMap): Markers {
  const found: Partial<Record<MarkedField, string>> = {};
  for (const field of Object.keys(marked) as MarkedField[]) {
    const value = entry.get(field, true);
    const comment = isScalar(value) ? value.comment ?? undefined : undefined;
    const match = comment === undefined ? null : markerPattern.exec(`#${comment}`);
    if (match?.[1] !== undefined) found[field] = match[1];
  }
  return found;
}

/** The images that are held, with the reason: comment lines `# slipway:hold <image> <reason>` of a pins file. */
export function holdsIn(text: string): ReadonlyMap<string, string> {
  return new Map(text.split('\n').flatMap((line): [string, string][] => {
    const match = holdPattern.exec(line);
    return match?.[1] === undefined ? [] : [[match[1], match[2] ?? '']];
  }));
}

/** The text of a pins file in which Flux may write an image: its markers set, no hold; every other byte stays. */
export function withMarkers(path: string, text: string, image: string, markers: Required<Markers>): string {
  return editMarkers(path, text, image, markers);
}

/** The text of a pins file in which no setter writes an image; every other byte stays. */
export function withoutMarkers(path: string, text: string, image: string): string {
  return editMarkers(path, text, image, {});
}

/** The text of a pins file that holds an image where it is: its markers gone, the reason written down. */
export function held(path: string, text: string, image: string, reason: string): string {
  const free = withoutHold(withoutMarkers(path, text, image), image);
  return `# slipway:hold ${image}${reason === '' ? '' : ` ${reason.replace(/\s+/g, ' ').trim()}`}\n${free}`;
}

/** The text of a pins file without the hold of an image; every other byte stays. */
export function withoutHold(text: string, image: string): string {
  return text.split('\n').filter((line) => holdPattern.exec(line)?.[1] !== image).join('\n');
}

function editMarkers(path: string, text: string, image: string, markers: Markers): string {
  const entry = entryOf(path, text, image);
  if (entry === undefined) throw SlipwayError.of(path, `expected a pin of image ${JSON.stringify(image)}, got none`, `add it: slipway pin <environment> ${image}=<tag>`);
  if (entry.flow === true && markers.newTag !== undefined) throw SlipwayError.of(`${path}: ${image}`, 'expected an entry over several lines, which can carry comments, got one in braces', 'write name, newTag and digest on lines of their own');
  const edits = (Object.keys(marked) as MarkedField[]).flatMap((field) => {
    const value = entry.get(field, true);
    if (entry.flow === true || !isScalar(value) || value.range === undefined || value.range === null) return [];
    const [, from] = value.range;
    const newline = text.indexOf('\n', from);
    const to = newline < 0 ? text.length : newline;
    const carriage = text[to - 1] === '\r' ? 1 : 0;
    const rest = text.slice(from, to - carriage).replace(markerPattern, '');
    const marker = markers[field];
    if (marker !== undefined && rest.trim() !== '') throw SlipwayError.of(`${path}: ${image}.${field}`, `expected no comment beside the marker, which Flux reads whole, got ${JSON.stringify(rest.trim())}`, 'move the comment to a line of its own');
    return [{ from, to: to - carriage, text: marker === undefined ? rest : ` # {"$imagepolicy": "${marker}"}` }];
  });
  return edits.sort((a, b) => b.from - a.from).reduce((result, edit) => result.slice(0, edit.from) + edit.text + result.slice(edit.to), text);
}

function entryOf(path: string, text: string, image: string): YAMLMap | undefined {
  const document = parseDocument(text, { keepSourceTokens: true });
  if (document.errors.length > 0) throw SlipwayError.of(path, 'expected YAML, got a mistake in it', 'mend the file by hand first');
  const images = isMap(document.contents) ? document.contents.get('images', true) : undefined;
  const found = isSeq(images) ? images.items.find((item) => isMap(item) && item.get('name') === image) : undefined;
  return isMap(found) ? found : undefined;
}
