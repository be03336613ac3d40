import type { CustomResourceData } from './compact.ts';

/** Schemas of custom resources: those that Slipway carries, or a user's own. */
export type CustomResources = readonly CustomResourceData[];
