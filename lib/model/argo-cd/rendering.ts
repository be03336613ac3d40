import { z } from 'zod';
import { imageNameProblem } from '../../values/image-reference.ts';
import { dnsSubdomainProblem, hostnameProblem } from '../../values/names.ts';
import { didYouMean } from '../../values/suggest.ts';
import { checkedText, hostnameSchema } from '../schema.ts';

/** Flags of `kustomize build` that make sense in a repo server. */
const kustomizeFlags = ['--enable-alpha-plugins', '--enable-helm', '--helm-api-versions', '--helm-command', '--helm-kube-version', '--load-restrictor'];
const refusedFlags: Readonly<Record<string, string>> = {
  '--enable-exec': 'it runs programs out of any repository',
  '--network': 'it gives functions out of any repository the network',
};

function flagProblem(text: string): string | undefined {
  const name = text.split('=')[0] ?? '';
  const refused = refusedFlags[name];
  if (refused !== undefined) return `expected no ${name}: ${refused}`;
  if (/\s/.test(text)) return `expected one flag with its value after "=", got ${JSON.stringify(text)}`;
  return kustomizeFlags.includes(name) ? undefined : `expected a flag of kustomize build, got ${JSON.stringify(text)}.${didYouMean(name, kustomizeFlags)}`;
}

export const kustomizeSchema = z.strictObject({ buildOptions: z.array(checkedText(flagProblem)).default([]) }).prefault({});

export const helmSchema = z.strictObject({
  valuesFileSchemes: z.array(checkedText((text) => (/^[a-z][-a-z0-9+.]*$/.test(text) ? undefined : `expected a URL scheme such as https, got ${JSON.stringify(text)}`))).optional(),
}).prefault({});

const imageName = checkedText(imageNameProblem).optional();

export const argoCdImagesSchema = z.strictObject({
  mirror: checkedText((text) => imageNameProblem(`${text}/x`) === undefined && /^[^/]+(\.|:|localhost)[^/]*(\/|$)/.test(text) ? undefined : `expected a registry with an optional path, such as registry.acme.example/mirror, got ${JSON.stringify(text)}`).optional(),
  argocd: imageName,
  dex: imageName,
  redis: imageName,
  haproxy: imageName,
  pullSecrets: z.array(checkedText(dnsSubdomainProblem)).default([]),
}).prefault({});

const knownHostLine = checkedText((text) => {
  const shape = /^(?:@cert-authority )?(?:\[[^\]\s]+\]:\d+|[^\s,|#]+)(?:,[^\s,]+)* (?:ssh-ed25519|ssh-rsa|ecdsa-sha2-nistp(?:256|384|521)) [A-Za-z0-9+/]+={0,2}$/;
  return shape.test(text) ? undefined : `expected a line of known_hosts, "<host> <kind> <key>" without a comment, got ${JSON.stringify(text.slice(0, 60))}`;
});

export const repositoriesSchema = z.strictObject({
  knownHosts: z.array(knownHostLine).default([]),
  certificates: z.record(hostnameSchema, checkedText((text) => {
    if (text.includes('PRIVATE KEY')) return 'expected certificates in PEM, got a private key';
    return /-----BEGIN CERTIFICATE-----[\s\S]+-----END CERTIFICATE-----/.test(text) ? undefined : 'expected certificates in PEM';
  })).default({}),
}).superRefine((repositories, context) => {
  for (const host of Object.keys(repositories.certificates)) {
    const problem = hostnameProblem(host);
    if (problem !== undefined) context.addIssue({ code: 'custom', path: ['certificates', host], message: problem });
  }
}).prefault({});

/** Images of Argo CD, checked. */
export type ArgoCdImages = z.output<typeof argoCdImagesSchema>;

/** How folders are built by kustomize. */
export interface ArgoCdKustomizeOptions {
  /** Flags of `kustomize build`, each with its value after `=` (`kustomize.buildOptions`). What Slipway renders needs none. @default [] */
  readonly buildOptions?: readonly string[];
}

/** How charts of external apps are rendered. */
export interface ArgoCdHelmOptions {
  /** Schemes of URLs from which values files may come (`helm.valuesFileSchemes`); an empty list forbids remote ones. @default - Argo CD's: http and https */
  readonly valuesFileSchemes?: readonly string[];
}

/** Where images come from; tags stay upstream's. */
export interface ArgoCdImagesOptions {
  /** A registry that holds all of them under their own paths: `quay.io/argoproj/argocd` becomes `<mirror>/argoproj/argocd`. @default - upstream's registries */
  readonly mirror?: string;
  /** Name of Argo CD's own image. @default - upstream's, by `mirror` */
  readonly argocd?: string;
  /** Name of Dex's image. @default - upstream's, by `mirror` */
  readonly dex?: string;
  /** Name of Redis' image. @default - upstream's, by `mirror` */
  readonly redis?: string;
  /** Name of HAProxy's image, with `highAvailability`. @default - upstream's, by `mirror` */
  readonly haproxy?: string;
  /** Names of Secrets with credentials of the registry (`imagePullSecrets`). @default [] */
  readonly pullSecrets?: readonly string[];
}

/** How Git servers are known. */
export interface ArgoCdRepositoriesOptions {
  /** Lines of `known_hosts` for SSH, beside upstream's (GitHub, GitLab, Bitbucket, Azure DevOps). @default [] */
  readonly knownHosts?: readonly string[];
  /** Certificates in PEM that servers are trusted by, by host name (`argocd-tls-certs-cm`). @default {} */
  readonly certificates?: Readonly<Record<string, string>>;
}
