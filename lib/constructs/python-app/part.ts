import type { ManifestValue } from '../manifest.ts';

/** A part's id under its construct, and its object. */
export type Part = readonly [id: string, value: ManifestValue];
