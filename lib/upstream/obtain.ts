import type { UpstreamReference } from '../model/upstream.ts';
import type { UpstreamIndex } from '../manifests/rendered.ts';
import { SlipwayError } from '../values/errors.ts';
import { mirroredPaths } from './catalogue.ts';
import { refuseUnfitRender } from './chart-check.ts';
import { renderChart, type HelmOptions } from './helm.ts';
import type { LockedChart, LockEntry } from './lock.ts';
import { indexManifest } from './manifest-index.ts';
import { archivePaths, firstHad, placesOf, type Had, type Origin } from './origin.ts';
import { sha256Of } from './store.ts';

/** What obtaining upstream manifests depends on. */
export interface ObtainOptions extends Origin {
  /** The folder from which relative paths of `from` are meant. */
  readonly cwd: string;
  /** @default - `helm` on PATH */
  readonly helm?: HelmOptions;
}

/** An upstream manifest whose bytes were had. */
export interface Obtained {
  readonly bytes: Buffer;
  readonly sha256: string;
  readonly index: UpstreamIndex;
  /** Where the bytes (of a chart: its archive) were had. */
  readonly place: string;
  /** @default - it is no chart, or was had rendered */
  readonly chart?: LockedChart;
}

/**
 * Gets the bytes of an upstream manifest. Where the lock pins them, no others are taken: the error names what was expected, what came and from where.
 * A chart is rendered; a mirror that has the rendered manifest with the locked hash saves the Helm.
 */
export async function obtain(reference: UpstreamReference, entry: LockEntry, options: ObtainOptions): Promise<Obtained> {
  const where = `${reference.name} ${reference.version}`;
  return reference.chart === undefined ? obtainManifest(where, reference, entry, options) : obtainChart(where, reference, entry, options);
}

async function obtainManifest(where: string, reference: UpstreamReference, entry: LockEntry, options: ObtainOptions): Promise<Obtained> {
  const places = placesOf(reference, entry.url, options);
  const had = await firstHad(places, options.cwd, entry.sha256, options.download);
  if (had === undefined) throw nothingThere(where, places);
  refuseOtherBytes(where, 'sha256', entry.sha256, sha256Of(had.bytes), had.place);
  return checked(where, had.bytes, had.place);
}

async function obtainChart(where: string, reference: UpstreamReference, entry: LockEntry, options: ObtainOptions): Promise<Obtained> {
  const rendered = entry.sha256 === undefined || options.from === undefined ? undefined : await renderedHad(reference, entry.sha256, options);
  if (rendered !== undefined) return checked(where, rendered.bytes, rendered.place);
  const places = placesOf(reference, entry.url, options, archivePaths(reference, entry));
  const had = await firstHad(places, options.cwd, entry.chart?.sha256, options.download);
  if (had === undefined) throw nothingThere(where, places);
  const archive = sha256Of(had.bytes);
  refuseOtherBytes(`${where} (its chart)`, 'sha256', entry.chart?.sha256, archive, had.place);
  if (reference.chart === undefined) throw new TypeError('expected a chart');
  const { text, helm } = await renderChart(where, reference.name, had.bytes, reference.chart, options.helm);
  refuseUnfitRender(where, text);
  const bytes = Buffer.from(text, 'utf8');
  const sha256 = sha256Of(bytes);
  if (entry.sha256 !== undefined && sha256 !== entry.sha256) {
    throw SlipwayError.of(where, `expected the chart to render to the sha256 ${entry.sha256}, got ${sha256} by Helm ${helm}${entry.chart === undefined || entry.chart.helm === helm ? '' : ` (the lock's is of Helm ${entry.chart.helm})`}`, `render it with ${entry.chart === undefined ? 'the Helm that the lock names' : `Helm ${entry.chart.helm}`}, take the rendered manifest from who has it (--from), or pin it anew: remove its sha256, source and chart in the lock, then slipway pins update`);
  }
  return { ...checked(where, bytes, had.place), chart: { sha256: archive, helm } };
}

async function renderedHad(reference: UpstreamReference, sha256: string, options: ObtainOptions): Promise<Had | undefined> {
  const from = (options.from ?? '').replace(/(.)\/+$/, '$1');
  const had = await firstHad(mirroredPaths(reference).map((path) => `${from}/${path}`), options.cwd, sha256, options.download);
  return had !== undefined && sha256Of(had.bytes) === sha256 ? had : undefined;
}

/** Bytes that are UTF-8 and hold Kubernetes objects: as text they are the same again. */
function checked(where: string, bytes: Buffer, place: string): Obtained {
  const text = bytes.toString('utf8');
  if (!Buffer.from(text, 'utf8').equals(bytes)) throw SlipwayError.of(where, `expected UTF-8 text, got other bytes from ${place}`, 'look whether the URL is that of a manifest');
  return { bytes, sha256: sha256Of(bytes), index: indexManifest(where, text), place };
}

function refuseOtherBytes(where: string, what: string, expected: string | undefined, got: string, place: string): void {
  if (expected === undefined || expected === got) return;
  throw SlipwayError.of(where, `expected ${what} ${expected}, got ${got} from ${place}`, 'nothing was stored: whoever serves it serves other bytes than were locked. Find out why before you trust them');
}

function nothingThere(where: string, places: readonly string[]): SlipwayError {
  return SlipwayError.of(where, `expected its file at ${places.join(' or ')}, found none`, 'look whether the version exists, or take it from elsewhere: --from FOLDER|URL, --mirror URL');
}
