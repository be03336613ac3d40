/** Where a metric is measured; a folder for each of the five. Each is pure data, told by its kind. */
export type MetricProvider = { readonly provider: 'prometheus' | 'wavefront' | 'job' | 'kayenta' | 'web' };
