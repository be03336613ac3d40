import { z } from 'zod';
import { checkedText, dnsLabelSchema } from '../model/schema.ts';
import { envNameProblem } from '../values/names.ts';

/** How pods get a Secret. */
export interface SecretUse {
  /** Environment variables and the keys they are read from; `false` for none. @default - a variable per key, unless the Secret is mounted */
  readonly env?: Readonly<Record<string, string>> | false;
  /** Folder in which every key is a file (`volumeMounts[].mountPath`). @default - not mounted */
  readonly mountPath?: string;
}

/** Where a Secret's object is made. */
export interface SecretPlace {
  readonly app: string;
  readonly environment: string;
  /** @default - none written, as in the `bare` preset */
  readonly namespace?: string;
  readonly labels: Readonly<Record<string, string>>;
}

/** What is wrong with a key of a Secret or a ConfigMap. */
export function dataKeyProblem(key: string): string | undefined {
  const good = /^[-._a-zA-Z0-9]{1,253}$/.test(key) && key !== '.' && !key.startsWith('..');
  return good ? undefined : `expected a key of letters, digits, "-", "_" and ".", got ${JSON.stringify(key)}`;
}

/** An absolute path in a container. */
export const absolutePathSchema = checkedText((path) => /^\/[^\0:]*$/.test(path) && !path.split('/').includes('..')
  ? undefined
  : `expected an absolute path without ".." and ":", got ${JSON.stringify(path)}`);

export const dataKeySchema = checkedText(dataKeyProblem);
export const envNameSchema = checkedText(envNameProblem);

/** The fields that every kind of secret shares. */
export const secretUseShape = {
  name: dnsLabelSchema,
  env: z.union([z.literal(false), z.record(envNameSchema, dataKeySchema)]).optional(),
  mountPath: absolutePathSchema.optional(),
};

/** `database-url` as the name of an environment variable: `DATABASE_URL`. */
export function envNameOf(name: string): string {
  return name.toUpperCase().replace(/[^A-Z0-9]/g, '_').replace(/^(?=\d)/, '_');
}
