import { didYouMean } from '../../values/suggest.ts';
import { secretKeys, type SecretSource } from '../secret-source.ts';

/** What is wrong with a key of a Secret; a store may hold more than is said. */
export function secretKeyFault(secret: SecretSource, key: string): { readonly message: string; readonly fix: string } | undefined {
  const keys = secretKeys(secret);
  const unknowable = secret.kind === 'external' && secret.extract !== undefined;
  return unknowable || keys.includes(key) ? undefined : { message: `expected a key of the secret ${secret.name}, got ${JSON.stringify(key)}.`, fix: `name one.${didYouMean(key, keys)}` };
}
