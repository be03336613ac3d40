import type { Problem } from '../../values/errors.ts';
import type { CloudKind } from './clouds.ts';
import type { TrustedPipeline } from './delivery.ts';
import type { PipelineSettings } from './pipelines.ts';
import { pathAt } from './source-url.ts';

type Trusted = Exclude<PipelineSettings, { readonly kind: 'codepipeline' }>;

/** Whom tokens are for that a cloud's token service takes. */
const audiences = { alibaba: 'sts.aliyuncs.com', aws: 'sts.amazonaws.com' } as const satisfies Partial<Readonly<Record<CloudKind, string>>>;

/** Whose tokens are trusted: those of exactly one repository, at a branch, tags or an environment. */
export function trustOf(settings: Trusted, { cloud, source, where }: { readonly cloud: keyof typeof audiences; readonly source: string; readonly where: string }): TrustedPipeline | Problem {
  const { kind, server } = settings;
  const field = kind === 'github-actions' ? 'repository' : 'project';
  const repository = (kind === 'github-actions' ? settings.repository : settings.project) ?? pathAt(server, source);
  if (repository === undefined || (kind === 'github-actions' && repository.split('/').length !== 2)) {
    return { where: `${where}.${field}`, message: `expected the ${field} whose jobs are trusted, got nothing, and the app's source ${JSON.stringify(source)} isn't at ${server}`, fix: `name it, such as ${field}: 'acme/storefront', or the server` };
  }
  return { kind, issuer: issuerOf(settings), audience: settings.audience ?? audiences[cloud], subjects: subjectsOf(settings, repository), repository };
}

function issuerOf({ kind, server }: Trusted): string {
  if (kind === 'gitlab-ci') return server;
  return server === 'https://github.com' ? 'https://token.actions.githubusercontent.com' : `${server}/_services/token`;
}

function subjectsOf(settings: Trusted, repository: string): string[] {
  const branch = settings.branch ?? (settings.tags === undefined ? 'main' : undefined);
  if (settings.kind === 'gitlab-ci') {
    const prefix = `project_path:${repository}:ref_type:`;
    return [...(branch === undefined ? [] : [`${prefix}branch:ref:${branch}`]), ...(settings.tags === undefined ? [] : [`${prefix}tag:ref:${settings.tags}`])];
  }
  const [owner = '', name = ''] = repository.split('/');
  const prefix = settings.ids === undefined ? `repo:${repository}:` : `repo:${owner}@${settings.ids.owner}/${name}@${settings.ids.repository}:`;
  if (settings.environment !== undefined) return [`${prefix}environment:${settings.environment}`];
  return [...(branch === undefined ? [] : [`${prefix}ref:refs/heads/${branch}`]), ...(settings.tags === undefined ? [] : [`${prefix}ref:refs/tags/${settings.tags}`])];
}
