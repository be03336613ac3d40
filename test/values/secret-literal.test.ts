import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { findSecretLiteral } from '../../lib/values/secret-literal.ts';
import { harmlessPairs } from './harmless.ts';
import { seeded } from './seeded.ts';
import { buildToken, tokenTemplates } from './tokens.ts';

describe('tokens under a neutral name', () => {
  it('come in at least 100 shapes', () => {
    expect(new Set(tokenTemplates.map(([name]) => name)).size).toBeGreaterThanOrEqual(100);
  });

  it.each(tokenTemplates)('are found: %s', (_, template) => {
    for (let seed = 1; seed <= 5; seed++) {
      const token = buildToken(template, seeded(seed));
      const found = findSecretLiteral('VALUE', token);
      expect(found, `seed ${seed}`).toBeDefined();
      // The reason is shown and logged: it must not carry the value.
      for (const piece of token.match(/[A-Za-z0-9]{16,}/g) ?? []) expect(found?.reason).not.toContain(piece);
    }
  });

  // Where the mark of a shape is written with a "|", its mark gives it away: even where long random texts are allowed.
  it.each(tokenTemplates.filter(([, template]) => template.includes('|')))('are known by their mark, not by looking random: %s', (_, template) => {
    for (let seed = 101; seed <= 103; seed++) expect(findSecretLiteral('BUILD_ID', buildToken(template, seeded(seed)))?.reason).not.toMatch(/^$|looks random/);
    expect(findSecretLiteral('BUILD_ID', buildToken(template, seeded(101)))).toBeDefined();
  });

  it('are not found in what only shows how a token looks, or in the middle of a word', () => {
    for (const value of [`${'ghp'}_${'x'.repeat(36)}`, 'glpat-your-token-goes-here', 'sk-your-openai-key-goes-here-please', `AKIA${'0'.repeat(16)}`, 'hf_transformers_cache_directory_of_the_model']) {
      expect(findSecretLiteral('EXAMPLE', value), value).toBeUndefined();
    }
    expect(findSecretLiteral('BUILD_ID', `task-${seeded(9).text('abcdefghijklmnopqrstuvwxyz0123456789', 36)}`)).toBeUndefined();
  });

  // A token is at home in a longer text too; one that is known by being alone on its line is not.
  const alone = new Set(['pgpass line', 'Discord bot token', 'Telegram bot token', 'Azure AD client secret', 'PagerDuty key', 'AWS secret access key', 'Azure storage key']);
  it.each(tokenTemplates.filter(([name, template]) => !alone.has(name) && !/[\n" {]/.test(template)))('are found inside a configuration text: %s', (_, template) => {
    const token = buildToken(template, seeded(77));
    expect(findSecretLiteral('app.ini', `[server]\nhost = 0.0.0.0\nupstream = ${token}\nworkers = 4\n`)).toBeDefined();
    expect(findSecretLiteral('config.json', JSON.stringify({ server: { host: '0.0.0.0', upstream: token } }))).toBeDefined();
  });
});

describe('harmless values', () => {
  const pairs = harmlessPairs();

  it('are at least 1,000 different ones', () => {
    expect(new Set(pairs.map(([, value]) => value)).size).toBeGreaterThanOrEqual(1000);
  });

  it('are never refused', () => {
    const refused = pairs.flatMap(([key, value]) => {
      const found = findSecretLiteral(key, value);
      return found === undefined ? [] : [`${key}=${value}: ${found.reason}`];
    });
    expect(refused).toEqual([]);
  });
});

describe('names', () => {
  it.each([
    'PASSWORD', 'DB_PASSWORD', 'dbPassword', 'db-password', 'db.password', 'PGPASSWORD', 'MYSQL_PWD', 'passwd', 'PASSPHRASE', 'DB_PASS', 'SECRET', 'SECRET_KEY', 'SECRET_KEY_BASE',
    'clientSecret', 'CLIENT_SECRET', 'TOKEN', 'GITHUB_TOKEN', 'accessToken', 'API_KEY', 'apiKey', 'apikey', 'X_API_KEY', 'PRIVATE_KEY', 'SIGNING_KEY', 'ENCRYPTION_KEY', 'AWS_SECRET_ACCESS_KEY',
    'AZURE_STORAGE_ACCOUNT_KEY', 'CREDENTIALS', 'JWT_SECRET', 'TOKEN_SIGNING_KEY', 'PASSWORD_SALT', 'VAULT_SECRET_ID', 'example.com/api-token',
  ])('say that a literal is a secret: %s', (key) => {
    expect(findSecretLiteral(key, 'hunter2!')).toEqual({ reason: 'its name says that it is a secret' });
  });

  it.each(['SECRET_NAME', 'TOKEN_TTL', 'PASSWORD_FILE', 'TOKEN_PATH', 'TOKEN_URL', 'SECRET_KEY_REF', 'KEY_ID', 'AUTHOR', 'PASSWORD_HASHER', 'TOKENIZER', 'KEYSPACE', 'SECRETARY', 'existingSecret', 'PULL_SECRET'])(
    'say that a value is about a secret and none itself: %s', (key) => {
      expect(findSecretLiteral(key, 'storefront-db')).toBeUndefined();
    });

  it('take a default inside a reference for the literal that it is', () => {
    expect(findSecretLiteral('PASSWORD', '${DB_PASSWORD}')).toBeUndefined();
    expect(findSecretLiteral('PASSWORD', '${DB_PASSWORD:-hunter2}')).toBeDefined();
  });

  it('that are doubtful refuse only what looks like a secret', () => {
    for (const value of ['basic', 'oauth2', 'none', 'https://auth.example.com', 'db:5432']) expect(findSecretLiteral('AUTH', value), value).toBeUndefined();
    expect(findSecretLiteral('AUTH', 'admin:s3cret')).toBeDefined();
    expect(findSecretLiteral('SALT', seeded(3).text('abcdefghijkmnpqrstuvwxyzABCDEFGHJKLMNPQRSTUVWXYZ23456789', 20))).toBeDefined();
    expect(findSecretLiteral('SORT_KEY', 'created_at')).toBeUndefined();
  });
});

describe('what a long hexadecimal text is', () => {
  const commit = seeded(11).text('0123456789abcdef', 40);

  it('depends on its name: a commit, a digest or an identifier, or else a key', () => {
    for (const key of ['GIT_COMMIT', 'REVISION', 'checksum/config', 'ETAG', 'ZONE_ID', 'IMAGE_TAG', 'FINGERPRINT']) expect(findSecretLiteral(key, commit), key).toBeUndefined();
    for (const key of ['VALUE', 'FLASK', 'OPTIONS']) expect(findSecretLiteral(key, commit), key).toEqual({ reason: 'the value looks random (40 characters in a row)' });
    expect(findSecretLiteral('API_KEY', commit)).toEqual({ reason: 'its name says that it is a secret' });
  });

  it('is known to be a commit or a digest when the value says so', () => {
    for (const value of [`sha256:${commit}${commit.slice(16)}`, `acme/web@${commit}`, `ghcr.io/acme/web:${commit}`, `https://github.com/acme/web/tree/${commit}`]) {
      expect(findSecretLiteral('VALUE', value), value).toBeUndefined();
    }
  });

  it('hides no known token behind such a name', () => {
    const token = buildToken('gh|p_<a62:36>', seeded(5));
    expect(findSecretLiteral('GIT_COMMIT', token)).toEqual({ reason: 'the value has the shape of a GitHub token' });
    expect(findSecretLiteral('TOKEN_URL', `https://x:${token}@github.com/acme/web`)).toBeDefined();
  });
});

describe('settings inside a configuration text', () => {
  it.each([
    ['password = hunter2', 'password'], ['export API_KEY=abc123', 'API_KEY'], ['db:\n  password: hunter2', 'password'], ['{"db": {"password": "hunter2"}}', 'password'],
    ['host=db user=app password=hunter2', 'password'], ['run --token abc123 now', 'token'], ['Server=db;Password=hunter2;Encrypt=True', 'Password'], ['SECRET_KEY = \'hunter2\'  # dev', 'SECRET_KEY'],
  ])('are refused by their own name: %j', (text, name) => {
    expect(findSecretLiteral('settings', text)).toEqual({ reason: `the value sets ${JSON.stringify(name)}, which its name says is a secret` });
  });

  it.each([
    'password = ${DB_PASSWORD}', 'password_file = /run/secrets/db', '# password = hunter2', 'password:', 'password: ""', 'TOKEN="$(cat /run/token)"', 'password = os.environ["DB_PASSWORD"]',
    'def login(password: str, token=get_token()):', '{"properties": {"password": {"type": "string"}}}', 'password: see the handbook of the team', 'if token == other:',
  ])('may look a secret up: %j', (text) => {
    expect(findSecretLiteral('settings', text)).toBeUndefined();
  });
});

describe('any input', () => {
  it('gets an answer that shows nothing of the value', () => {
    const key = fc.oneof(fc.string(), fc.constantFrom('PASSWORD', 'VALUE', 'AUTH', 'GIT_COMMIT'));
    const piece = fc.constantFrom('password=', '"token": "', '://', ':', '@', 'eyJ', '-----BEGIN ', 'PRIVATE KEY-----', '\n', ' ', '$(', '${', '{{', '<', '%', 'sha256:', 'ghp_', '\\', '"');
    const value = fc.oneof(fc.string({ unit: 'binary' }), fc.array(fc.oneof(piece, fc.string()), { maxLength: 12 }).map((pieces) => pieces.join('')));
    fc.assert(fc.property(key, value, (name, text) => {
      const found = findSecretLiteral(name, text);
      if (found !== undefined) expect(found.reason.length).toBeLessThan(400);
    }), { numRuns: 3000 });
  });

  it('is judged in a time that grows with its length only', () => {
    // With an expression that backtracks, one of these would run for hours and end in the test's own time limit.
    const parts = ['a', 'a.', 'a:', 'a=', '"a": "', '-', 'http://a:', 'eyJ', '-----BEGIN ', ' ', 'QUJD', '/', '${', '/aa', 'password ', 'x-x.', 'machine a login b ', '\\"', '--a b ', 'a@a.', 'curl -u '];
    for (const part of parts) {
      for (const name of ['VALUE', 'PASSWORD']) expect(() => findSecretLiteral(name, part.repeat(40_000 / part.length))).not.toThrow();
    }
  });
});
