/** Annotation of an object whose name ends in a hash of its content: the value is the name without the hash. Publish keeps earlier ones of the same base name. */
export const contentHashedAnnotation = 'slipway.dev/content-hashed';
