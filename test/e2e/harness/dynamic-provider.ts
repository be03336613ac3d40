import { spawn } from 'node:child_process';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import * as pulumi from '@pulumi/pulumi';
import { root } from './sample-fleet.ts';

/** What a resource is made of, or came to. */
export type Properties = Record<string, unknown>;

/** Pulumi's own process for dynamic resources, asked as its engine asks it. */
export interface DynamicProvider {
  create(inputs: Properties): Promise<{ readonly id: string; readonly properties: Properties }>;
  diff(id: string, olds: Properties, news: Properties): Promise<{ readonly changes: boolean; readonly replaces: readonly string[] }>;
  /** What a refresh finds; an empty id where the resource is gone. */
  read(id: string, properties: Properties): Promise<{ readonly id: string; readonly properties: Properties }>;
  update(id: string, olds: Properties, news: Properties): Promise<Properties>;
  remove(id: string, properties: Properties): Promise<void>;
  stop(): Promise<void>;
}

type Method = 'create' | 'delete' | 'diff' | 'read' | 'update';
/** A message of Pulumi's generated protocol: setters and getters by name. */
type Message = Readonly<Record<string, (...args: readonly unknown[]) => unknown>>;
interface Protocol {
  readonly grpc: { readonly credentials: { createInsecure(): unknown } };
  readonly service: { readonly ResourceProviderClient: new (address: string, credentials: unknown) => Record<Method, (request: Message, answer: (error: Error | null, response?: Message) => void) => void> & { close(): void } };
  readonly messages: Readonly<Record<'CreateRequest' | 'DeleteRequest' | 'DiffRequest' | 'ReadRequest' | 'UpdateRequest', new () => Message>>;
  readonly struct: { readonly Struct: { fromJavaScript(value: Properties): unknown } };
}

/** Starts it in a folder with one resource provider, which it gets as the text that Pulumi keeps in its state. */
export async function startDynamicProvider(provider: pulumi.dynamic.ResourceProvider, folder: string, env: NodeJS.ProcessEnv): Promise<DynamicProvider> {
  const { text } = await pulumi.runtime.serializeFunction(() => provider);
  const child = spawn(process.execPath, [join(root, 'node_modules/@pulumi/pulumi/cmd/dynamic-provider/index.js'), '127.0.0.1:1'], { cwd: folder, env, stdio: ['ignore', 'pipe', 'inherit'] });
  const ended = new Promise<void>((resolve) => child.on('close', () => resolve()));
  const [port] = (await createInterface({ input: child.stdout })[Symbol.asyncIterator]().next()).value?.toString().split(/\s/) ?? [];
  const { grpc, messages, service, struct } = protocol();
  const client = new service.ResourceProviderClient(`127.0.0.1:${port ?? ''}`, grpc.credentials.createInsecure());
  const ask = (method: Method, request: Message): Promise<Message> => new Promise((resolve, reject) => client[method](request, (error, response) => (error === null && response !== undefined ? resolve(response) : reject(error ?? new Error('no answer')))));
  const whole = (properties: Properties): unknown => struct.Struct.fromJavaScript({ ...properties, __provider: text });
  const filled = (type: keyof Protocol['messages'], fields: Properties): Message => {
    const message = new messages[type]();
    for (const [name, value] of Object.entries(fields)) message[`set${name}`]?.(value);
    return message;
  };
  const plain = (value: unknown): Properties => {
    const { __provider: _, ...properties } = (value as { toJavaScript(): Properties }).toJavaScript();
    return properties;
  };
  return {
    async create(inputs) {
      const response = await ask('create', filled('CreateRequest', { Urn: 'urn:pulumi:test::slipway::pulumi-nodejs:dynamic:Resource::test', Properties: whole(inputs) }));
      return { id: String(response['getId']?.()), properties: plain(response['getProperties']?.()) };
    },
    async diff(id, olds, news) {
      const response = await ask('diff', filled('DiffRequest', { Id: id, Olds: whole(olds), News: whole(news) }));
      // DIFF_SOME is 2, DIFF_NONE 1.
      return { changes: response['getChanges']?.() === 2, replaces: response['getReplacesList']?.() as string[] };
    },
    async read(id, properties) {
      const response = await ask('read', filled('ReadRequest', { Id: id, Properties: whole(properties) }));
      return { id: String(response['getId']?.()), properties: plain(response['getProperties']?.()) };
    },
    async update(id, olds, news) {
      return plain((await ask('update', filled('UpdateRequest', { Id: id, Olds: whole(olds), News: whole(news) })))['getProperties']?.());
    },
    async remove(id, properties) {
      await ask('delete', filled('DeleteRequest', { Id: id, Properties: whole(properties) }));
    },
    async stop() {
      client.close();
      child.kill();
      await ended;
    },
  };
}

function protocol(): Protocol {
  const require = createRequire(join(root, 'node_modules/@pulumi/pulumi/package.json'));
  return { grpc: require('@grpc/grpc-js') as Protocol['grpc'], service: require('@pulumi/pulumi/proto/provider_grpc_pb') as Protocol['service'], messages: require('@pulumi/pulumi/proto/provider_pb') as Protocol['messages'], struct: require('google-protobuf/google/protobuf/struct_pb') as Protocol['struct'] };
}
