import { z } from 'zod';
import { checkedText, describeValue } from '../../../model/schema.ts';
import type { ShapeOf } from '../../python-app/container-schema.ts';
import { textSchema } from '../fields.ts';
import type { AnalysisProvider } from '../provider.ts';
import type { WavefrontQuery } from './options.ts';

/** The address is looked up among the keys of a Secret, which hold no `/` and no `:`. */
const addressSchema = checkedText((text) => /^[-._a-zA-Z0-9]+$/.test(text.replace(/\{\{.*?\}\}/g, 'x')) ? undefined : `expected a host such as example.wavefront.com, without scheme and port, got ${describeValue(text)}`);

/** Wavefront. Its token lies beside the controller. */
export const wavefrontProvider: AnalysisProvider<WavefrontQuery> = {
  schema: z.strictObject({ provider: z.literal('wavefront'), address: addressSchema, query: textSchema } satisfies ShapeOf<WavefrontQuery>),
  render: ({ address, query }) => ({ wavefront: { address, query } }),
  faults: () => [],
};
