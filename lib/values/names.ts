import { shown } from './shown.ts';

const label = /^[a-z0-9](?:[a-z0-9-]*[a-z0-9])?$/;
const subdomain = /^[a-z0-9](?:[a-z0-9-]*[a-z0-9])?(?:\.[a-z0-9](?:[a-z0-9-]*[a-z0-9])?)*$/;
const qualifiedPart = /^[A-Za-z0-9](?:[A-Za-z0-9_.-]*[A-Za-z0-9])?$/;
const devices = /^(?:con|prn|aux|nul|conin\$|conout\$|com[0-9\u00b9\u00b2\u00b3]|lpt[0-9\u00b9\u00b2\u00b3])(?:\.|$)/i;
const invisible = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]|\p{Cs}/u;
/** What Git keeps for itself, as file systems that ignore case or shorten names see it. */
const gitFolder = /^(?:\.git|git~[0-9]+)$/i;
const longestSegment = 255;

/** What is wrong with a DNS label (RFC 1123): a namespace, a container, most names of ours. */
export function dnsLabelProblem(text: string): string | undefined {
  if (text.length <= 63 && label.test(text)) return undefined;
  return `expected a DNS label (lower-case letters, digits and "-", starting and ending with a letter or digit, at most 63 characters), ${came(text)}`;
}

/** What is wrong with a DNS subdomain (RFC 1123): the name of most Kubernetes objects. */
export function dnsSubdomainProblem(text: string): string | undefined {
  if (text.length <= 253 && subdomain.test(text)) return undefined;
  return `expected a DNS subdomain (labels of lower-case letters, digits and "-" joined by ".", at most 253 characters), ${came(text)}`;
}

/** What is wrong with a DNS label that starts with a letter (RFC 1035): the name of a Service. */
export function dns1035Problem(text: string): string | undefined {
  if (text.length <= 63 && label.test(text) && /^[a-z]/.test(text)) return undefined;
  return `expected a DNS label that starts with a letter (lower-case letters, digits and "-", ending with a letter or digit, at most 63 characters), ${came(text)}`;
}

/** What is wrong with a port's name (IANA_SVC_NAME). */
export function portNameProblem(text: string): string | undefined {
  if (text.length <= 15 && label.test(text) && !text.includes('--') && /[a-z]/.test(text)) return undefined;
  return `expected a port name (lower-case letters, digits and single "-", at least one letter, at most 15 characters), ${came(text)}`;
}

/** What is wrong with the key of a label or an annotation: an optional DNS prefix with "/" and a name. */
export function labelKeyProblem(text: string): string | undefined {
  const slash = text.indexOf('/');
  const prefix = slash < 0 ? undefined : text.slice(0, slash);
  const name = text.slice(slash + 1);
  const good = name.length <= 63 && qualifiedPart.test(name) && (prefix === undefined || dnsSubdomainProblem(prefix) === undefined);
  if (good) return undefined;
  return `expected a label key (letters, digits, "-", "_" and ".", at most 63 characters, with an optional DNS prefix and "/"), ${came(text)}`;
}

/** What is wrong with the value of a label; it may be empty. */
export function labelValueProblem(text: string): string | undefined {
  if (text === '' || (text.length <= 63 && qualifiedPart.test(text))) return undefined;
  return `expected a label value (letters, digits, "-", "_" and ".", starting and ending with a letter or digit, at most 63 characters), ${came(text)}`;
}

/** What is wrong with the name of an environment variable, by the rule that every Kubernetes minor accepts. */
export function envNameProblem(text: string): string | undefined {
  if (/^[-._a-zA-Z][-._a-zA-Z0-9]*$/.test(text) && text !== '.' && !text.startsWith('..')) return undefined;
  return `expected the name of an environment variable (letters, digits, "_", "-" and ".", not starting with a digit), ${came(text)}`;
}

/** What a host name may be. */
export interface HostnameOptions {
  /** Whether the first label may be `*`. @default false */
  readonly wildcard?: boolean;
}

/** What is wrong with a host name: DNS labels without a port, a scheme or a trailing dot; an IP address isn't one. */
export function hostnameProblem(text: string, options: HostnameOptions = {}): string | undefined {
  const name = options.wildcard === true && text.startsWith('*.') ? text.slice(2) : text;
  const labels = name.split('.');
  const lastIsNumber = /^[0-9]+$/.test(labels.at(-1) ?? '');
  if (text.length <= 253 && !lastIsNumber && labels.every((part) => part.length <= 63 && label.test(part))) return undefined;
  const wild = options.wildcard === true ? ', or "*." and one' : '';
  return `expected a host name (DNS labels joined by "."${wild}; no scheme, port or address), ${came(text)}`;
}

/** Says how long a text is when that may be what is wrong. */
function came(text: string): string {
  return text.length > 60 ? `got ${shown(text)} (${text.length} characters)` : `got ${shown(text)}`;
}

/**
 * What is wrong with one segment of a path that is to be written on any file system: it must not leave its folder, hide, be taken for
 * an option, or change its name on the way.
 */
export function pathSegmentProblem(text: string): string | undefined {
  const fault = faultOf(text);
  return fault === undefined ? undefined : `expected one plain segment of a path, got ${shown(text)}, which ${fault}`;
}

function faultOf(text: string): string | undefined {
  if (text === '') return 'is empty';
  if (text === '.' || text === '..') return 'names a folder';
  if (text.includes('/') || text.includes('\\')) return 'contains a slash';
  if (invisible.test(text)) return 'contains a character that can\'t be seen';
  if (text.startsWith('-')) return 'starts with "-" like an option';
  if (/^\s/.test(text)) return 'starts with a space';
  if (/[.\s]$/.test(text)) return 'ends with a dot or a space';
  if (devices.test(text)) return 'is the name of a device on Windows';
  if (gitFolder.test(text)) return 'is Git\'s own';
  if (Buffer.byteLength(text) > longestSegment) return `is longer than ${longestSegment} bytes`;
  return undefined;
}
