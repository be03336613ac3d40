import { describe, expect, it } from 'vitest';
import { exposeSchema } from '../../../lib/constructs/network/expose-schema.ts';
import { ingress, type IngressInput } from '../../../lib/constructs/network/ingress-options.ts';
import { ingressFor } from '../../../lib/constructs/network/ingress.ts';
import { expectGolden, faults, routeFacts, web } from './samples.ts';

const ingressOf = (input: IngressInput) => {
  expect(faults(exposeSchema, ingress(input))).toEqual([]);
  return ingressFor(web, ingress(input), routeFacts);
};

describe('Ingress', () => {
  it('is written as a person would review it', async () => {
    await expectGolden([
      ingressOf({ host: 'shop' }),
      ingressOf({
        host: ['shop', 'www.example.org'], className: 'nginx', tls: { clusterIssuer: 'letsencrypt' }, paths: ['/', { path: '/admin', pathType: 'Exact', port: 8080 }],
        annotations: { 'nginx.ingress.kubernetes.io/proxy-body-size': '8m' },
      }),
    ], 'golden/ingress.yaml');
  });

  it.each<[string, IngressInput['tls'], string | undefined]>([
    ['none', undefined, undefined],
    ['none when told so', false, undefined],
    ['a Secret of its own name that exists', true, 'storefront-web-tls'],
    ['a Secret by name', { secretName: 'wildcard' }, 'wildcard'],
    ['a Secret that a ClusterIssuer fills', { clusterIssuer: 'letsencrypt' }, 'storefront-web-tls'],
    ['a Secret that an Issuer fills', { issuer: 'ours', secretName: 'shop' }, 'shop'],
  ])('reads its certificate from %s', (_, tls, secret) => {
    expect(ingressOf({ host: 'shop', ...(tls !== undefined && { tls }) }).spec?.tls?.[0]?.secretName).toBe(secret);
  });

  it('gives way to an annotation that is said', () => {
    expect(ingressOf({ host: 'shop', tls: { issuer: 'a' }, annotations: { 'cert-manager.io/issuer': 'b' } }).metadata?.annotations).toEqual({ 'cert-manager.io/issuer': 'b' });
  });

  it.each<[string, unknown, string[]]>([
    ['two issuers', ingress({ host: 'shop', tls: { issuer: 'a', clusterIssuer: 'b' } }), ['web: tls.issuer: expected one issuer, got a ClusterIssuer and an Issuer']],
    ['a relative path', ingress({ host: 'shop', paths: ['api', { path: 'x' }] }), [
      'web: paths[0]: expected a path that starts with "/", got "api"', 'web: paths[1].path: expected a path that starts with "/", got "x"']],
    ['a path that climbs', ingress({ host: 'shop', paths: ['/a//b'] }), ['web: paths[0]: expected a path without "//", got "/a//b"']],
    ['an unknown kind', { kind: 'gateway' }, ['web: kind: expected one of http-route, ingress, got "gateway"']],
  ])('is refused with %s', (_, options, messages) => {
    expect(faults(exposeSchema, options)).toEqual(messages);
  });
});
