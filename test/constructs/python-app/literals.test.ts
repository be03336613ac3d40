import { expect, test } from 'vitest';
import { PythonApp } from '../../../lib/constructs/python-app/python-app.ts';
import type { ProductionProps } from '../../../lib/constructs/python-app/props.ts';
import { command } from '../../../lib/constructs/servers/command.ts';
import { objectsOf, pin, problemsOf, testChart } from '../support.ts';

const secret = 'hunter2-Tr0ub4dor';

function told(props: Partial<ProductionProps>): string[] {
  const chart = testChart();
  new PythonApp(chart, 'web', { image: pin('storefront'), ...props });
  const problems = problemsOf(chart);
  expect(problems.join('\n')).not.toContain(secret);
  if (problems.length > 0) expect(objectsOf(chart)).toEqual([]);
  return problems.map((problem) => /^storefront\/web: ([^:]*):/.exec(problem)?.[1] ?? problem);
}

test.each<[string, Partial<ProductionProps>, string]>([
  ['an environment variable', { env: { DB_PASSWORD: secret } }, 'env.DB_PASSWORD'],
  ['config', { config: { API_TOKEN: secret } }, 'config.API_TOKEN'],
  ['a file', { configFiles: { mountPath: '/etc/shop', files: { 'shop.ini': `[db]\npassword = ${secret}\n` } } }, 'configFiles.files["shop.ini"]'],
  ['an argument', { command: ['serve'], args: [`--password=${secret}`] }, 'args[0]'],
  ['the argument after an option', { command: ['serve', '--client-secret', secret] }, 'command[2]'],
  ['the command of a server', { server: command(['serve', '--password', secret]) }, 'server'],
  ['an annotation', { annotations: { 'db-password': secret } }, 'annotations.db-password'],
  ['an annotation of the pods', { podAnnotations: { 'db-password': secret } }, 'podAnnotations.db-password'],
  ['a label', { labels: { 'db-password': secret } }, 'labels.db-password'],
  ['a sidecar', { sidecars: [{ name: 'proxy', image: 'proxy:1', env: { PROXY_PASSWORD: secret } }] }, 'sidecars[0].env.PROXY_PASSWORD'],
  ['an init container', { initContainers: [{ name: 'prepare', image: 'prepare:1', command: ['prepare', `--token=${secret}`] }] }, 'initContainers[0].command[1]'],
])('a secret written into %s is refused, and never repeated', (_, props, field) => {
  expect(told(props)).toEqual([field]);
});

test('what only speaks of secrets is no secret', () => {
  expect(told({
    env: { DB_PASSWORD_FILE: '/var/run/secrets/db', TOKEN_URL: 'https://login.example/token', SECRET_NAME: 'storefront-db' },
    config: { PASSWORD_MIN_LENGTH: 12, TOKENS_ENABLED: true },
    command: ['serve', '--password-file', '/etc/secrets/password'],
    annotations: { 'example.com/owner': 'shop' },
  })).toEqual([]);
});
