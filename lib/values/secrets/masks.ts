/** Parts of a text that look random and are known to be no secret. Their order counts: a block before what it contains. */
const harmless: readonly RegExp[] = [
  // Certificates and public keys.
  /-----BEGIN (?!(?:[A-Z0-9]+ )*PRIVATE)[A-Z0-9 ]+-----[\s\S]*?-----END [A-Z0-9 ]+-----/g,
  /\b(?:ssh-(?:rsa|ed25519|dss)|ecdsa-sha2-nistp\d+|sk-ssh-ed25519@openssh\.com|sk-ecdsa-sha2-nistp256@openssh\.com) [A-Za-z0-9+/]+={0,3}/g,
  /\bage1[a-z0-9]{58}\b/g,
  /\bv=DKIM1;[^"]*/g,
  /"(?:n|x|y|e|x5t|x5t#S256|kid)"\s*:\s*"[A-Za-z0-9_-]*"/g,
  /\b(?:google|apple|facebook|ms)-[a-z-]*verification=[\w-]+/g,
  // Digests that say so.
  /\b(?:sha(?:-?(?:1|224|256|384|512))?|md5|blake[23][bs]?)[:=-]\s?[A-Fa-f0-9]{7,128}\b/gi,
  /\bsha-?(?:256|384|512)[:=-][A-Za-z0-9+/_-]{43,88}={0,2}/gi,
  /\b(?:etag|if-none-match|content-md5|digest|integrity)\b["']?\s*[:=]\s*(?:W\/)?["']?[\w+/=-]+/gi,
  // Identifiers.
  /\{?\b[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}\b\}?/gi,
  /\b00-[0-9a-f]{32}-[0-9a-f]{16}-[0-9a-f]{2}\b/g,
  /\b0[0-7][0-9A-HJKMNP-TV-Z]{24}\b/g,
  /\barn:aws[\w-]*:[\w-]*:[\w-]*:\d*:[\w+=,.@/:*-]+/g,
  /\b(?:i|ami|vpc|subnet|sg|vol|snap|eni|rtb|igw|nat|tgw|eipalloc|fs|acl|lt|price|prod|cus|plan|evt)[-_][0-9A-Za-z]{8,28}\b/g,
  /\bruns:\/[0-9a-f]{32}\b/g,
  /\bapplyset-[\w-]{43}-v1\b/g,
  // A commit after the name of a repository, an image or a branch, or as Git commands have it.
  /[\w.:/-]*[A-Za-z][\w.:/-]*[@:](?:sha1:)?[0-9a-f]{40}\b/g,
  /\b(?:commit|rev-parse|checkout|revision|rev|tree|blob)[ /=:]+[0-9a-f]{40}\b/g,
  // The path of a URL: known webhooks and signed URLs are found before.
  /\b(?:https?|s3|gs|oci|docker|ftp|abfss):\/\/[^\s?#"'<>]*/g,
  // A host's label, all lower case or hexadecimal, with a domain after it.
  /\b[A-F0-9]{32}\.[a-z0-9]+\.[a-z0-9-]+\.eks\.amazonaws\.com\b/g,
  /\b[a-z0-9][a-z0-9-]*(?:\.[a-z0-9-]+)*\.[a-z]{2,}\b(?=[:/?,;\s"']|$)/g,
  // Pictures.
  /\bdata:(?:image|font|audio|video)\/[\w.+-]+;base64,[A-Za-z0-9+/=]+/g,
  /(?:^|[^A-Za-z0-9+/])(?:iVBORw0KGgo|\/9j\/4|R0lGOD|UklGR|d09GMg)[A-Za-z0-9+/]+=*/g,
  /\/nix\/store\/[a-z0-9]{32}-/g,
  // The keyboard and the alphabet.
  /\b(?=[a-z0-9]*qwert[a-z]*)[a-z]{20,}\b/g,
];

/** The text with everything blanked out that looks random and is known to be no secret. */
export function withoutHarmless(text: string): string {
  return harmless.reduce((rest, pattern) => rest.replace(pattern, ' '), text);
}
