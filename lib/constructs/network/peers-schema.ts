import { z } from 'zod';
import { describeValue } from '../../model/schema.ts';
import { dnsLabelSchema } from '../../model/schema.ts';
import { isWithin, parseCidr } from './cidr.ts';
import { cidrSchema, portSchema, selectorSchema } from './fields.ts';
import { formsBy, isRecord, objectOr, oneOrMore } from './forms.ts';
import type { AllowedTraffic, Peer, PolicyPort } from './peers.ts';

const rangeSchema = z.strictObject({ port: portSchema, endPort: portSchema.optional(), protocol: z.enum(['TCP', 'UDP']).optional() })
  .superRefine((range, context) => {
    if (range.endPort !== undefined && range.endPort < range.port) {
      context.addIssue({ code: 'custom', path: ['endPort'], message: `expected at least ${range.port}, the first port of the range, got ${range.endPort}` });
    }
  });

/** A port of a policy: a number, or one with protocol and end of a range. */
export const policyPortSchema = objectOr<PolicyPort>(
  rangeSchema,
  (value) => typeof value === 'number' && portSchema.safeParse(value).success ? undefined : `expected a port from 1 to 65535, got ${describeValue(value)}`,
);

const podPeer = { namespace: dnsLabelSchema.optional(), namespaces: selectorSchema.optional(), pods: selectorSchema.optional() };
const addressPeer = { cidr: cidrSchema, except: z.array(cidrSchema).optional() };
const ports = { ports: z.array(policyPortSchema).min(1).optional() };

/** The other end of a connection. */
export const peerSchema = byAddress<Peer>(z.strictObject(addressPeer).superRefine(exceptWithin), z.strictObject(podPeer).superRefine(podRules));

/** Connections that are let through. */
export const trafficSchema = byAddress<AllowedTraffic>(
  z.strictObject({ ...addressPeer, ...ports }).superRefine(exceptWithin),
  z.strictObject({ ...podPeer, ...ports }).superRefine(podRules),
);

/** Where proxies run. */
export const proxiesSchema = oneOrMore(peerSchema);

/** Addresses where there is a `cidr`, else pods. */
function byAddress<T>(addresses: z.ZodType<T>, pods: z.ZodType<T>) {
  return formsBy<T>((value) => isRecord(value) ? 'cidr' in value ? addresses : pods : `expected { cidr } or { namespace, pods }, got ${describeValue(value)}`);
}

function podRules(peer: { readonly namespace?: string | undefined; readonly namespaces?: object | undefined; readonly pods?: object | undefined }, context: z.RefinementCtx): void {
  if (peer.namespace !== undefined && peer.namespaces !== undefined) {
    context.addIssue({ code: 'custom', path: ['namespaces'], message: 'expected either the name of a namespace or labels of several, got both' });
  }
  if (peer.namespace === undefined && peer.namespaces === undefined && peer.pods === undefined) {
    context.addIssue({ code: 'custom', path: [], message: 'expected cidr, namespace, namespaces or pods, got none of them' });
  }
}

function exceptWithin(peer: { readonly cidr: string; readonly except?: readonly string[] | undefined }, context: z.RefinementCtx): void {
  const outer = parseCidr(peer.cidr);
  peer.except?.forEach((text, index) => {
    const inner = parseCidr(text);
    if (outer === undefined || inner === undefined || isWithin(inner, outer)) return;
    context.addIssue({ code: 'custom', path: ['except', index], message: `expected a smaller network within ${peer.cidr}, got ${text}` });
  });
}
