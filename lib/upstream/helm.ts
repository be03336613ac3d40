import { spawn } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parse } from 'yaml';
import type { ChartRender } from '../model/upstream.ts';
import { SlipwayError } from '../values/errors.ts';

/** The Helm that renders charts. */
export interface HelmOptions {
  /** The program. @default 'helm' on PATH */
  readonly program?: string;
  /** @default - this process's */
  readonly env?: Readonly<Record<string, string | undefined>>;
}

/** What a chart rendered to, and by which Helm. */
export interface HelmRender {
  readonly text: string;
  /** Such as `3.21.0`. */
  readonly helm: string;
}

/**
 * Renders a chart's archive by `helm template`: twice, and only what comes out the same both times. Helm sees no cluster, and no repositories or plugins of
 * the user's. Throws when there is no Helm, when the archive is another chart, and when the render differs from one time to the next.
 */
export async function renderChart(where: string, name: string, archive: Uint8Array, render: ChartRender, options: HelmOptions = {}): Promise<HelmRender> {
  const folder = await mkdtemp(join(tmpdir(), 'slipway-helm-'));
  const run = (args: readonly string[], input = ''): Promise<string> => runHelm(where, args, input, folder, options);
  try {
    const helm = (await run(['version', '--template', '{{.Version}}'])).trim().replace(/^v/, '');
    const chart = join(folder, 'chart.tgz');
    await writeFile(chart, archive);
    refuseOther(where, name, render, parse(await run(['show', 'chart', chart])));
    const args = [
      'template', render.release, chart, '--namespace', render.namespace, '--kube-version', render.kubernetes, '--include-crds', '--skip-tests',
      ...render.apiVersions.flatMap((version) => ['--api-versions', version]), '--values', '-',
    ];
    const values = JSON.stringify(render.values);
    const [text, again] = [await run(args, values), await run(args, values)];
    refuseRandom(where, text, again);
    return { text, helm };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

function refuseOther(where: string, name: string, render: ChartRender, chart: unknown): void {
  const fields = typeof chart === 'object' && chart !== null ? chart as Readonly<Record<string, unknown>> : {};
  const got = `${String(fields['name'])} ${String(fields['version']).replace(/^v/, '')}`;
  if (got !== `${name} ${render.version}`) throw SlipwayError.of(where, `expected the archive of chart ${name} ${render.version}, got that of ${got}`, 'look whether the URL in the lock is right');
}

/** A password or a key that the chart makes up anew each time: nothing of that may come to Git. */
function refuseRandom(where: string, text: string, again: string): void {
  if (text === again) return;
  const [parts, others] = [sections(text), sections(again)];
  const changing = [...new Set(parts.filter((part, index) => part !== others[index]).map((part) => /^# Source: (\S+)/m.exec(part)?.[1] ?? 'an object without a template'))].sort();
  throw SlipwayError.of(where, `expected the chart to render the same each time, got other text from ${changing.join(', ')}: it makes up a password, a key or a date`, 'set the values with which it takes a Secret that exists already, such as existingSecret, instead of making one up');
}

function sections(text: string): string[] {
  return text.split(/^---$/m);
}

function runHelm(where: string, args: readonly string[], input: string, folder: string, { program = 'helm', env = process.env }: HelmOptions): Promise<string> {
  const own = { HELM_CACHE_HOME: join(folder, 'cache'), HELM_CONFIG_HOME: join(folder, 'config'), HELM_DATA_HOME: join(folder, 'data'), HELM_PLUGINS: join(folder, 'plugins'), KUBECONFIG: join(folder, 'none') };
  return new Promise((resolve, reject) => {
    const child = spawn(program, [...args], { cwd: folder, env: { PATH: env['PATH'], HOME: folder, ...own }, stdio: ['pipe', 'pipe', 'pipe'] });
    const [out, said]: [Buffer[], Buffer[]] = [[], []];
    child.stdout.on('data', (part: Buffer) => out.push(part));
    child.stderr.on('data', (part: Buffer) => said.push(part));
    child.stdin.on('error', (error) => { if (!('code' in error) || error.code !== 'EPIPE') reject(error); });
    child.on('error', (error) => reject('code' in error && error.code === 'ENOENT'
      ? SlipwayError.of(where, 'is published as a Helm chart, which has to be rendered: expected helm on PATH, found none', 'install Helm (https://helm.sh/docs/intro/install), or take the rendered manifest from who has it: --from FOLDER|URL')
      : error));
    child.on('close', (code) => {
      if (code === 0) resolve(Buffer.concat(out).toString('utf8'));
      else reject(SlipwayError.of(where, `helm ${args[0] ?? ''} failed: ${Buffer.concat(said).toString('utf8').trim().split('\n').slice(0, 5).join(' ').replaceAll(folder, '…')}`, 'look at the values of the add-on'));
    });
    child.stdin.end(input);
  });
}
