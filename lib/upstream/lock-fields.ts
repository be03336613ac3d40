import { dnsLabelProblem } from '../values/names.ts';
import { shown } from '../values/shown.ts';
import { versionProblem } from '../model/version.ts';

/** Why a text can't be the value of a lock's field, if so. */
export function lockFieldProblem(field: string, text: string): string | undefined {
  switch (field) {
    case 'name': return dnsLabelProblem(text);
    case 'version': return versionProblem(text);
    case 'helm': return /^\d+\.\d+(\.\d+)?([-+][0-9A-Za-z.+-]+)?$/.test(text) ? undefined : `expected a version of Helm such as 3.21.0, got ${shown(text)}`;
    case 'sha256': return sha256Problem(text);
    case 'url': return lockUrlProblem(text);
    default: return /[\x00-\x1f\x7f]/.test(text) ? `expected one line of text, got ${shown(text)}` : undefined;
  }
}

/** Why a text is no SHA-256 as the lock writes it, if so. */
export function sha256Problem(text: string): string | undefined {
  return /^[0-9a-f]{64}$/.test(text) ? undefined : `expected a SHA-256 (64 lower-case hexadecimal digits), got ${shown(text)}${text.length === 64 ? '' : ` (${text.length} characters)`}`;
}

/** Why a text is no URL from which an upstream manifest may be had, if so: without TLS anybody on the way may answer. */
export function lockUrlProblem(text: string): string | undefined {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (url === undefined || url.protocol !== 'https:' || /\s/.test(text)) return `expected a URL that begins with https://, got ${shown(withoutUser(text))}`;
  if (url.username !== '' || url.password !== '') return `expected a URL without user name and password, got ${shown(withoutUser(text))}`;
  return undefined;
}

/** A URL as a message may show it. */
export function withoutUser(text: string): string {
  return text.replace(/\/\/[^/@]*@/, '//…@');
}
