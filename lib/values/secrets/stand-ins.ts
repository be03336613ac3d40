import { randomRun } from './randomness.ts';

/** Words that say how something is done, whether it is, or what type it has, not what it is. */
const stateWords = new Set(`true false yes no on off y n null none nil undefined enabled disabled enable disable required optional always never auto default
  anonymous basic bearer digest oauth oauth2 oidc openid jwt saml ldap kerberos ntlm mtls tls ssl plain login md5 trust peer cram-md5 scram-sha-256 scram-sha-512 x509 iam
  string str text bool boolean int integer number any object uuid bytes redacted masked hidden omitted unset empty secret password token`.split(/\s+/));
const number = /^[-+]?[0-9][0-9_]*(?:\.[0-9]+)?(?:[eE][-+]?[0-9]+)?$/;
/** A number with a unit or a span of time: a time to live, a size. */
const measure = /^(?:[0-9]+(?:\.[0-9]+)?\s?(?:[nuµm]?s|m|h|d|w|[KMGT]i?B?|B|%|bits?|bytes|seconds|minutes|hours|days|weeks)|P(?:[0-9]+[YMWD])*(?:T(?:[0-9]+[HMS])+)?)$/;
/** Whole texts that name a variable or a template's field, with nothing but separators between. */
const variables = /^(?:\$\([\w.-]+\)|\$\{[\w.-]+\}|\$[A-Za-z_][\w.:-]*|\$\{\{[^{}]*\}\}|\{\{[^{}]*\}\}|\{[\w.:-]+\}|%\([\w.]+\)[sdr]|%[A-Z_]+%|<[^<>]*>|\[[A-Za-z _-]*\]|[\s:@/,;.-])+$/;
/** Something hidden, or left out on purpose. */
const mask = /^(?:([*xX.#-])\1*|\*+.*\*+|(?:your|my|the|some|insert|replace|put)[-_ ].*|.*\b(?:goes|go) here)$/i;
/** A place where a secret is kept, as secret stores, clouds and templating tools write it. */
const place = /^(?:arn|vault|ref\+[a-z0-9]+|op|env|file|azurekeyvault|azure-keyvault|keyvault|akv|gcp-secretmanager|gcpsecretmanager|gcpsm|gsm|sm|ssm|awssm|aws-secretsmanager|secretsmanager|secretref|k8s|kubernetes|sops|doppler|infisical|bws|conjur|akeyless|secret|pullsecret|os\.environ|projects)[:/]/;
/** An absolute, home or relative path, or a file by its ending. */
const path = /^(?:@?(?:~|\.{1,2})?\/[\w.@+~=-]+(?:\/[\w.@+~=-]+)*\/?|[A-Za-z]:\\[\w .\\~-]+|[\w.-]+(?:\/[\w.-]+)*\.(?:pem|key|crt|cer|txt|json|ya?ml|jks|p12|pfx|env|toml|ini|conf|asc|gpg|pub))$/;
const url = /^[a-z][a-z0-9+.-]*:\/\/[^\s]*$/i;
/** Code that looks a secret up: `os.environ["X"]`, `env.str('X')`, `config('X')`, `settings.TOKEN`, `$(cat file)`, `$1`. */
const code = /^(?:[A-Za-z_][\w.]*[([].*|[a-z_]+(?:\.[A-Za-z_]\w*)+|\$[0-9]|\$\(.*|`.*|@\w+|%s|\?|null\b.*|lambda\b.*)$/;

/**
 * Whether a value that stands where a secret would is none: it is empty, switches something, names a variable, a file or a place in a
 * secret store, or hides what it is. Known tokens and passwords inside it are looked for elsewhere.
 */
export function standsForSecret(text: string): boolean {
  const value = text.trim();
  if (value === '' || stateWords.has(value.toLowerCase()) || number.test(value) || measure.test(value) || mask.test(value)) return true;
  if (variables.test(value) && !/\$\{[^}]*:-[^}]/.test(value)) return true;
  if (!place.test(value) && !path.test(value) && !url.test(value)) return false;
  return randomRun(value) === undefined || /^(?:arn|https?):/.test(value);
}

/** Whether the right-hand side of an assignment in code or configuration looks a secret up, or only tells its type. */
export function looksUpSecret(value: string): boolean {
  return standsForSecret(value) || code.test(value.trim());
}

/** Names of Kubernetes objects (`ns/name`, `a,b`): what an annotation about secrets holds. */
export function isObjectNames(value: string): boolean {
  return /^[a-z0-9](?:[a-z0-9.-]*[a-z0-9])?(?:[/:,][a-z0-9](?:[a-z0-9.-]*[a-z0-9])?)*$/.test(value) && randomRun(value) === undefined;
}
