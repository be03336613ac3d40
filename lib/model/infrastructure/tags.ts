import { z } from 'zod';

/** What a cloud allows of tags, less those that Slipway sets. */
export interface TagRules {
  readonly most: number;
  readonly key: RegExp;
  readonly value: RegExp;
}

/** Tags that say whose a resource is; the others stand beside them. */
export const ownTags = ['managed-by', 'slipway-cluster'] as const;

/** Tags with a value, as a cloud allows them. */
export function tagsSchema({ most, key, value }: TagRules) {
  return z.record(z.string(), z.string()).superRefine((tags, context) => {
    const issue = (path: string[], message: string): void => context.addIssue({ code: 'custom', path, message });
    for (const [name, text] of Object.entries(tags)) {
      if ((ownTags as readonly string[]).includes(name)) issue([name], 'expected another key: Slipway sets this one, to say whose a resource is');
      else if (!key.test(name)) issue([name], `expected a key that the cloud allows (${String(key)}), got ${JSON.stringify(name)}`);
      else if (!value.test(text)) issue([name], `expected a value that the cloud allows (${String(value)}), got ${JSON.stringify(text)}`);
    }
    const count = Object.keys(tags).length;
    if (count > most) issue([], `expected at most ${most} tags beside Slipway's own, got ${count}`);
  }).default({});
}

/** A tag of DigitalOcean: letters, digits, colon, dash and underscore. */
export function tagNameProblem(text: string): string | undefined {
  return /^[A-Za-z0-9:_-]{1,255}$/.test(text) ? undefined : `expected a tag of letters, digits, ":", "-" and "_", got ${JSON.stringify(text)}`;
}
