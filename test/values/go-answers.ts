import { readFileSync } from 'node:fs';
import { z } from 'zod';

const schema = z.strictObject({
  quantities: z.array(z.tuple([z.string(), z.string().nullable()])),
  durations: z.array(z.tuple([z.string(), z.string().nullable()])),
  references: z.array(z.tuple([z.string(), z.tuple([z.string(), z.string(), z.string()]).nullable()])),
  names: z.array(z.tuple([z.string(), z.string()])),
});

/** What Go's own parsers say of a list of texts. */
export const goAnswers = schema.parse(JSON.parse(readFileSync(new URL('corpus/go-answers.json', import.meta.url), 'utf8')));
