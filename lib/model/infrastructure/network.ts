import { z } from 'zod';

/** An IPv4 or IPv6 range such as `10.20.0.0/16`. */
export const cidrSchema = z.union([z.cidrv4(), z.cidrv6()], { error: (issue) => `expected a range of addresses such as 10.20.0.0/16, got ${JSON.stringify(issue.input)}` });

/** A tag of DigitalOcean: letters, digits, colon, dash and underscore. */
export function tagNameProblem(text: string): string | undefined {
  return /^[A-Za-z0-9:_-]{1,255}$/.test(text) ? undefined : `expected a tag of letters, digits, ":", "-" and "_", got ${JSON.stringify(text)}`;
}
