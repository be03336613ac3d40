import * as pulumi from '@pulumi/pulumi';

/** A resource as a program registers it. */
export interface Registered {
  readonly type: string;
  readonly name: string;
  readonly urn: string;
  readonly parent: string;
  readonly custom: boolean;
  /** Inputs as the engine gets them; a secret is `{ secret: value }`, what isn't known yet `unknown`. */
  readonly inputs: Readonly<Record<string, unknown>>;
  /** URNs, sorted. */
  readonly dependsOn: readonly string[];
  /** Name of its explicit provider. @default - the default one */
  readonly provider: string;
  readonly protect: boolean;
  readonly retainOnDelete: boolean;
  readonly ignoreChanges: readonly string[];
  readonly additionalSecretOutputs: readonly string[];
  /** URNs by which the engine finds what had another name, type or parent before, below the parent that it has now. */
  readonly aliases: readonly string[];
}

/** What came of a program. */
export interface Ran<T> {
  readonly result: T;
  readonly resources: readonly Registered[];
  /** Functions of providers that were called: their tokens. */
  readonly calls: readonly string[];
  /** The value of an output, and whether it is secret. */
  valueOf(output: pulumi.Input<unknown>): Promise<{ readonly value: unknown; readonly secret: boolean; readonly known: boolean }>;
}

/** How a program is run. */
export interface RunOptions {
  readonly stack: string;
  /** Whether it is a preview: what a cloud would tell isn't known. @default false */
  readonly preview?: boolean;
  /** The stack's config, `slipway:kubeconfig` and so on. @default {} */
  readonly config?: Readonly<Record<string, string>>;
  /** Keys of the config that are secret. @default [] */
  readonly secretKeys?: readonly string[];
  /** What a provider adds to the inputs of a resource of a type. @default {} */
  readonly outputs?: Readonly<Record<string, (inputs: Readonly<Record<string, unknown>>, name: string) => Record<string, unknown>>>;
  /** Answers of provider functions, by token. @default {} */
  readonly answers?: Readonly<Record<string, (inputs: Readonly<Record<string, unknown>>) => Record<string, unknown>>>;
}

const secretMark = '4dabf18193072939515e22adb298388d';
const unknownMark = '04da6b54-80e4-46f7-96ec-b56ff0331ba9';

/** Requests of the engine's protocol, as far as they are read here. */
interface RegisterRequest {
  getType(): string;
  getName(): string;
  getParent(): string;
  getCustom(): boolean;
  getObject(): { toJavaScript(): Record<string, unknown> } | undefined;
  getDependenciesList(): string[];
  getProvider(): string;
  getProtect(): boolean;
  getRetainondelete(): boolean;
  getIgnorechangesList(): string[];
  getAdditionalsecretoutputsList(): string[];
  getAliasesList(): readonly { hasUrn(): boolean; getUrn(): string; getSpec(): { getName(): string; getType(): string; getParenturn(): string } | undefined }[];
}
type Callback = (error: unknown, response?: { getUrn(): string }) => void;
interface Monitor { registerResource(request: RegisterRequest, callback: Callback): unknown }

/** Runs a program against Pulumi's mocks and keeps what it registers, as the engine would get it. */
export async function runProgram<T>(options: RunOptions, program: () => T | Promise<T>): Promise<Ran<T>> {
  const resources: Registered[] = [];
  const calls: string[] = [];
  pulumi.runtime.setAllConfig({ ...options.config }, [...(options.secretKeys ?? [])]);
  await pulumi.runtime.setMocks({
    newResource: ({ type, name, inputs }) => ({ id: options.preview === true ? '' : `${name}-id`, state: { ...inputs, ...options.outputs?.[type]?.(inputs as Record<string, unknown>, name) } }),
    call: ({ token, inputs }) => {
      calls.push(token);
      return options.answers?.[token]?.(inputs as Record<string, unknown>) ?? {};
    },
  }, 'slipway', options.stack, options.preview ?? false, 'acme');
  const monitor = pulumi.runtime.getMonitor() as unknown as Monitor;
  const register = monitor.registerResource.bind(monitor);
  monitor.registerResource = (request, callback) => register(request, (error, response) => {
    if (response !== undefined) resources.push(registered(request, response.getUrn()));
    callback(error, response);
  });
  const result = await program();
  await pulumi.runtime.disconnect();
  return { result, resources: resources.sort((a, b) => (a.urn < b.urn ? -1 : 1)), calls: calls.sort(), valueOf };
}

function registered(request: RegisterRequest, urn: string): Registered {
  return {
    type: request.getType(),
    name: request.getName(),
    urn,
    parent: request.getParent(),
    custom: request.getCustom(),
    inputs: plain(request.getObject()?.toJavaScript() ?? {}) as Record<string, unknown>,
    dependsOn: request.getDependenciesList().sort(),
    provider: request.getProvider().split('::')[3] ?? '',
    protect: request.getProtect(),
    retainOnDelete: request.getRetainondelete(),
    ignoreChanges: request.getIgnorechangesList(),
    additionalSecretOutputs: request.getAdditionalsecretoutputsList(),
    aliases: request.getAliasesList().map((alias) => {
      const spec = alias.getSpec();
      if (alias.hasUrn() || spec === undefined) return alias.getUrn();
      const [own = '', project = '', stack = ''] = [urn.split('::')[3], urn.split('::')[1], urn.split('::')[0]?.split(':')[2]];
      const parent = spec.getParenturn() === '' ? '' : `${spec.getParenturn().split('::')[2] ?? ''}$`;
      return `urn:pulumi:${stack}::${project}::${parent}${spec.getType() || request.getType()}::${spec.getName() || own}`;
    }),
  };
}

function plain(value: unknown): unknown {
  if (value === unknownMark) return 'unknown';
  if (Array.isArray(value)) return value.map(plain);
  if (typeof value !== 'object' || value === null) return value;
  if (secretMark in value) return { secret: plain((value as { readonly value?: unknown }).value) };
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, plain(item)]));
}

async function valueOf(input: pulumi.Input<unknown>): ReturnType<Ran<unknown>['valueOf']> {
  const output = pulumi.output(input);
  const known = await (output as unknown as { readonly isKnown: Promise<boolean> }).isKnown;
  return { value: known ? await (output as unknown as { promise(): Promise<unknown> }).promise() : undefined, secret: await pulumi.isSecret(output), known };
}
