/** Annotation of an object whose name ends in a hash of its content: the value is the name without the hash. Publish keeps earlier ones of the same base name. */
export const contentHashedAnnotation = 'slipway.dev/content-hashed';

/** How many newer contents of the same base name there must be before publish may drop one that isn't rendered any more: versions up to one fewer back find what they mount. */
export const keptGenerations = 10;
