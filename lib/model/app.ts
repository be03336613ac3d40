import { z } from 'zod';
import { dns1035Problem, portNameProblem } from '../values/names.ts';
import type { BuildContext } from './context.ts';
import { gitUrlProblem } from './repository.ts';
import { checkedText, dnsLabelSchema } from './schema.ts';
import type { Chart } from 'cdk8s';

const portSchema = z.int().min(1).max(65535);

const providedSchema = z.strictObject({
  service: checkedText(dns1035Problem).optional(),
  port: portSchema,
  targetPort: portSchema.optional(),
  scheme: z.enum(['http', 'https', 'grpc', 'tcp']).default('http'),
});

export const appSchema = z.strictObject({
  name: checkedText(dns1035Problem),
  team: dnsLabelSchema,
  source: checkedText(gitUrlProblem),
  images: z.record(z.string().min(1), z.string().min(1)),
  environments: z.array(z.string()).min(1),
  clusters: z.record(z.string(), z.array(z.string()).min(1)).default({}),
  provides: z.record(checkedText(portNameProblem), providedSchema).default({}),
  podSecurity: z.enum(['restricted', 'baseline', 'privileged']).default('restricted'),
  build: z.custom<BuildFunction>((value) => typeof value === 'function', { error: 'expected a function build(chart, context)' }),
});

/** Makes an app's constructs in a chart: plain TypeScript, run once per environment. */
export type BuildFunction = (chart: Chart, context: BuildContext) => void;

/** A Service that an app offers to the other apps of the fleet. */
export interface ProvidedInput {
  /** Name of the Service. @default - the app's name */
  readonly service?: string;
  /** Port of the Service. */
  readonly port: number;
  /** Port of the pods, which network policies name. @default - the Service's port */
  readonly targetPort?: number;
  /** Scheme of its URL. @default 'http' */
  readonly scheme?: 'http' | 'https' | 'grpc' | 'tcp';
}

/** A Service of another app, as a caller names it. */
export interface ServiceEndpoint {
  readonly app: string;
  readonly team: string;
  readonly environments: readonly string[];
  /** Its key in the app's `provides`. */
  readonly endpoint: string;
  readonly service: string;
  readonly port: number;
  readonly targetPort: number;
  readonly scheme: 'http' | 'https' | 'grpc' | 'tcp';
}

/** What `defineApp` takes beside the name. */
export interface AppInput<Images extends Record<string, string>, Provides extends Record<string, ProvidedInput>> {
  /** The team that owns it: a DNS label. */
  readonly team: string;
  /** Git URL of its source. */
  readonly source: string;
  /** Its images: a name to use in `build` -> the image's name in the pins file. @default - { main: <the app's name> } */
  readonly images?: Images;
  /** The environments in which it runs. */
  readonly environments: readonly string[];
  /** The clusters on which it runs, by environment: `{ prod: ['prod-eu'] }`. @default - all clusters of each environment */
  readonly clusters?: Readonly<Record<string, readonly string[]>>;
  /** The Services that other apps may call. @default - none */
  readonly provides?: Provides;
  /** Pod Security Standard that its namespace enforces. @default 'restricted' */
  readonly podSecurity?: 'restricted' | 'baseline' | 'privileged';
  /** Makes the constructs. */
  build(chart: Chart, context: BuildContext<keyof Images & string>): void;
}

/** An app, as the fleet and its callers know it. */
export interface AppDefinition<Images extends Record<string, string> = Record<string, string>, Provides extends Record<string, ProvidedInput> = Record<string, ProvidedInput>> {
  readonly name: string;
  readonly team: string;
  readonly source: string;
  readonly images: Images;
  readonly environments: readonly string[];
  readonly clusters?: Readonly<Record<string, readonly string[]>>;
  readonly provides: Provides;
  readonly podSecurity?: 'restricted' | 'baseline' | 'privileged';
  /** The Services it provides, for the `calls` of other apps. */
  readonly endpoints: { readonly [Key in keyof Provides]: ServiceEndpoint };
  readonly build: (chart: Chart, context: BuildContext<keyof Images & string>) => void;
}

/** Any app, whatever its images and endpoints. */
export interface AnyApp extends Omit<AppDefinition, 'build'> {
  // A method, so that apps with narrower image names are apps too.
  build(chart: Chart, context: BuildContext): void;
}

/** Describes an app. Checked when the fleet is loaded, together with everything else. */
export function defineApp<const Images extends Record<string, string> = { readonly main: string }, const Provides extends Record<string, ProvidedInput> = Record<never, ProvidedInput>>(
  name: string,
  input: AppInput<Images, Provides>,
): AppDefinition<Images, Provides> {
  const provides = input.provides ?? ({} as Provides);
  const endpoints = Object.fromEntries(Object.entries(provides).map(([endpoint, provided]) => [endpoint, {
    app: name,
    team: input.team,
    environments: input.environments,
    endpoint,
    service: provided.service ?? name,
    port: provided.port,
    targetPort: provided.targetPort ?? provided.port,
    scheme: provided.scheme ?? 'http',
  } satisfies ServiceEndpoint])) as { readonly [Key in keyof Provides]: ServiceEndpoint };
  const { build, ...rest } = input;
  return {
    ...rest,
    name,
    images: input.images ?? ({ main: name } as unknown as Images),
    provides,
    endpoints,
    build: build === undefined ? build : (chart, context) => build.call(input, chart, context),
  };
}
