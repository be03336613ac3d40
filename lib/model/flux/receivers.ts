import { z } from 'zod';
import { dnsSubdomainProblem } from '../../values/names.ts';
import { checkedText, dnsLabelSchema } from '../schema.ts';

/** Who may tell of a commit. */
export const receiverTypes = ['bitbucket', 'generic', 'generic-hmac', 'github', 'gitlab'] as const;
/** The events of which each is asked to tell: a push. */
export const pushEvents: Readonly<Record<(typeof receiverTypes)[number], readonly string[]>> = {
  bitbucket: ['repo:refs_changed'],
  generic: [],
  'generic-hmac': [],
  github: ['ping', 'push'],
  gitlab: ['Push Hook', 'Tag Push Hook'],
};

export const receiversSchema = z.array(z.strictObject({
  name: dnsLabelSchema.default('runtime-repo'),
  type: z.enum(receiverTypes),
  secret: checkedText(dnsSubdomainProblem),
  events: z.array(z.string().min(1)).min(1).optional(),
})).default([]).superRefine((receivers, context) => {
  receivers.forEach(({ name }, index) => {
    if (receivers.findIndex((each) => each.name === name) < index) context.addIssue({ code: 'custom', path: [index, 'name'], message: `expected a name of its own, got ${JSON.stringify(name)} again` });
  });
});

/** A webhook by which a Git server tells of a commit, so that Flux needn't wait for its next look (`Receiver`). */
export interface FluxReceiverInput {
  /** Its name (`metadata.name`). @default 'runtime-repo' */
  readonly name?: string;
  /** Who tells (`spec.type`). */
  readonly type: (typeof receiverTypes)[number];
  /** Name of the Secret in `flux-system` whose key `token` both sides know (`spec.secretRef`). */
  readonly secret: string;
  /** The events that count (`spec.events`). @default - a push, as the Git server calls it */
  readonly events?: readonly string[];
}
