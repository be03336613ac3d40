import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { trustStatement } from '../../../lib/clusters/delivery/aws/identities.ts';
import { boundedName, nameOf, partitionOf } from '../../../lib/clusters/delivery/aws/names.ts';
import { githubActions, githubActionsSchema } from '../../../lib/model/delivery/pipelines.ts';
import { trustOf } from '../../../lib/model/delivery/trust.ts';
import { everything, one, statementsOf, type ReadStatement } from './aws-fixture.ts';

/** What a token says, as AWS reads it. */
interface Token { readonly provider: string; readonly aud: string; readonly sub: string }

const github = 'https://token.actions.githubusercontent.com';
const gitlab = 'https://gitlab.com';
const arnOf = (issuer: string): string => `arn:aws:iam::111122223333:oidc-provider/${issuer.slice('https://'.length)}`;

/** Whether AWS lets a token in, as its documentation says: all conditions hold; values of one are alternatives; StringLike knows * and ?. */
function admits(statement: ReadStatement, { provider, aud, sub }: Token): boolean {
  if (JSON.stringify(statement.principal) !== JSON.stringify({ Federated: provider })) return false;
  const host = provider.split(':oidc-provider/')[1] ?? '';
  const claims: Readonly<Record<string, string>> = { [`${host}:aud`]: aud, [`${host}:sub`]: sub };
  return Object.entries(statement.condition).every(([operator, keys]) => Object.entries(keys).every(([key, values]) => {
    const claim = claims[key];
    return claim !== undefined && [values].flat().some((value) => {
      if (operator === 'StringEquals') return value === claim;
      if (operator !== 'StringLike') throw new Error(`${operator} isn't read here`);
      return new RegExp(`^${value.replace(/[.+^${}()|[\]\\]/g, '\\$&').replaceAll('*', '[^]*').replaceAll('?', '[^]')}$`).test(claim);
    });
  }));
}

const read = (issuer: string, subjects: readonly string[], audience = 'sts.amazonaws.com'): ReadStatement => {
  const statement = trustStatement({ issuer, audience, subjects }, arnOf(issuer));
  return statementsOf(JSON.stringify({ Statement: [statement] }))[0]!;
};

const word = fc.stringMatching(/^[a-z][a-z0-9-]{0,8}$/);
const branch = fc.stringMatching(/^[a-z][a-z0-9]{0,6}([./_@+#-][a-z0-9]{1,5}){0,2}$/);
const subjectOf = {
  [github]: (owner: string, name: string, context: string): string => `repo:${owner}/${name}:${context}`,
  [gitlab]: (owner: string, name: string, context: string): string => `project_path:${owner}/${name}:${context}`,
};
const contextOf = {
  [github]: (ref: string): string => `ref:refs/heads/${ref}`,
  [gitlab]: (ref: string): string => `ref_type:branch:ref:${ref}`,
};
const issuers = [github, gitlab] as const;

describe('the trust of a role in a pipeline elsewhere', () => {
  it.each(issuers)('admits jobs of its repository on its branch, and of no other, by %s', (issuer) => {
    fc.assert(fc.property(word, word, branch, word, word, branch, (owner, name, ref, otherOwner, otherName, otherRef) => {
      const trust = read(issuer, [subjectOf[issuer](owner, name, contextOf[issuer](ref))]);
      const token = (sub: string, more: Partial<Token> = {}): Token => ({ provider: arnOf(issuer), aud: 'sts.amazonaws.com', sub, ...more });
      expect(admits(trust, token(subjectOf[issuer](owner, name, contextOf[issuer](ref))))).toBe(true);
      const others = [
        subjectOf[issuer](otherOwner, name, contextOf[issuer](ref)), subjectOf[issuer](owner, otherName, contextOf[issuer](ref)), subjectOf[issuer](owner, name, contextOf[issuer](otherRef)),
        subjectOf[issuer](`${owner}x`, name, contextOf[issuer](ref)), subjectOf[issuer](owner, `${name}-fork`, contextOf[issuer](ref)), subjectOf[issuer](owner, name, `${contextOf[issuer](ref)}x`),
        subjectOf[issuer](owner, name, 'pull_request'), subjectOf[issuer](owner, name, `ref:refs/tags/${ref}`), subjectOf[issuer](owner, name, `ref_type:tag:ref:${ref}`), subjectOf[issuer](owner, name, `environment:${ref}`),
        `${subjectOf[issuer](owner, name, contextOf[issuer](ref)).toUpperCase()}`, '', '*',
      ].filter((sub) => sub !== subjectOf[issuer](owner, name, contextOf[issuer](ref)));
      for (const sub of others) expect(admits(trust, token(sub)), sub).toBe(false);
    }));
  });

  it('reads nothing as a pattern where no pattern is meant', () => {
    fc.assert(fc.property(branch, fc.string(), (ref, sub) => {
      const only = `repo:acme/storefront:ref:refs/heads/${ref}`;
      const trust = read(github, [only]);
      expect(Object.keys(trust.condition)).toEqual(['StringEquals']);
      expect(admits(trust, { provider: arnOf(github), aud: 'sts.amazonaws.com', sub })).toBe(sub === only);
    }));
  });

  it('admits a pattern of tags within its repository, and branches and tags beside each other', () => {
    const trust = read(github, ['repo:acme/storefront:ref:refs/heads/main', 'repo:acme/storefront:ref:refs/tags/v*']);
    const of = (sub: string): boolean => admits(trust, { provider: arnOf(github), aud: 'sts.amazonaws.com', sub });
    expect(['repo:acme/storefront:ref:refs/heads/main', 'repo:acme/storefront:ref:refs/tags/v1.2.3', 'repo:acme/storefront:ref:refs/tags/v'].map(of)).toEqual([true, true, true]);
    fc.assert(fc.property(word, word, branch, fc.constantFrom('heads', 'tags', 'pull'), (owner, name, ref, kind) => {
      const sub = `repo:${owner}/${name}:ref:refs/${kind}/${ref}`;
      expect(of(sub), sub).toBe(false);
      expect(of(`repo:acme/storefront:ref:refs/${kind}/${ref}`), `${kind}/${ref}`).toBe((kind === 'heads' && ref === 'main') || (kind === 'tags' && ref.startsWith('v')));
    }));
  });

  it('admits no token that is for somebody else, or of another issuer', () => {
    const trust = read(github, ['repo:acme/storefront:ref:refs/heads/main']);
    const sub = 'repo:acme/storefront:ref:refs/heads/main';
    fc.assert(fc.property(fc.string(), fc.domain().map((host) => `https://${host}`), (aud, issuer) => {
      expect(admits(trust, { provider: arnOf(github), aud, sub })).toBe(aud === 'sts.amazonaws.com');
      expect(admits(trust, { provider: arnOf(issuer), aud: 'sts.amazonaws.com', sub })).toBe(false);
    }));
  });

  it('is what the roles of a delivery are made with, each for its own repository', async () => {
    const { resources } = await everything();
    const tokens = {
      storefront: { provider: arnOf(github), aud: 'sts.amazonaws.com', sub: 'repo:acme/storefront:ref:refs/heads/main' },
      reports: { provider: arnOf('https://gitlab.example.com'), aud: 'sts.amazonaws.com', sub: 'project_path:ops/reports:ref_type:branch:ref:main' },
    };
    for (const app of ['reports', 'storefront'] as const) {
      const trusts = statementsOf(one(resources, 'aws:iam/role:Role', `images-eu/${app}/push`).inputs['assumeRolePolicy']);
      expect(trusts.map(({ effect, actions }) => [effect, actions])).toEqual([['Allow', ['sts:AssumeRoleWithWebIdentity']]]);
      expect(Object.entries(tokens).filter(([, token]) => trusts.some((trust) => admits(trust, token))).map(([of]) => of)).toEqual([app]);
    }
  });
});

describe('the trust in what a fleet says', () => {
  const some = fc.constantFrom('acme', 'shop', 'main', 'v1', 'prod');
  const number = fc.constantFrom(1, 12);
  const settings = fc.oneof(
    fc.record({ branch: some, ids: fc.option(fc.record({ owner: number, repository: number }), { nil: undefined }) }),
    fc.record({ tags: fc.constantFrom('v*', 'v?', '*-main', 'v1') }),
    fc.record({ branch: some, tags: fc.constantFrom('v*', 'v?') }),
    fc.record({ environment: some, ids: fc.option(fc.record({ owner: number, repository: number }), { nil: undefined }) }),
  );
  // A token as GitHub gives it: with the numbers of owner and repository in it where the repository is made so.
  const job = fc.record({
    owner: fc.constantFrom('acme', 'shop'), name: fc.constantFrom('acme', 'shop'), ids: fc.option(fc.record({ owner: number, repository: number }), { nil: undefined }),
    context: fc.oneof(
      some.map((ref) => ({ kind: 'branch' as const, text: ref, claim: `ref:refs/heads/${ref}` })),
      fc.constantFrom('v1', 'v12', 'v', 'main', 'acme-main').map((ref) => ({ kind: 'tag' as const, text: ref, claim: `ref:refs/tags/${ref}` })),
      some.map((name) => ({ kind: 'environment' as const, text: name, claim: `environment:${name}` })),
      fc.constant({ kind: 'pull request' as const, text: '', claim: 'pull_request' }),
    ),
  });
  const tagged: Readonly<Record<string, (tag: string) => boolean>> = { 'v*': (tag) => tag.startsWith('v'), 'v?': (tag) => tag.length === 2 && tag.startsWith('v'), '*-main': (tag) => tag.endsWith('-main'), v1: (tag) => tag === 'v1' };

  it('admits exactly the jobs that githubActions() describes', () => {
    let admitted = 0;
    fc.assert(fc.property(settings, job, (said, { owner, name, ids, context }) => {
      const pipeline = trustOf(githubActionsSchema.parse(githubActions({ repository: 'acme/shop', ...said })), { cloud: 'aws', source: 'https://github.com/acme/other', where: 'x' });
      if (!('kind' in pipeline)) throw new Error(pipeline.message);
      const repo = ids === undefined ? `${owner}/${name}` : `${owner}@${ids.owner}/${name}@${ids.repository}`;
      const [wantedIds, branchSaid, tagsSaid, environment] = ['ids', 'branch', 'tags', 'environment'].map((key) => (said as Readonly<Record<string, unknown>>)[key]);
      const sameRepository = owner === 'acme' && name === 'shop' && JSON.stringify(ids) === JSON.stringify(wantedIds);
      const sameContext = (context.kind === 'branch' && context.text === branchSaid) || (context.kind === 'tag' && tagged[String(tagsSaid)]?.(context.text) === true) || (context.kind === 'environment' && context.text === environment);
      const isAdmitted = admits(read(pipeline.issuer, pipeline.subjects, pipeline.audience), { provider: arnOf(github), aud: 'sts.amazonaws.com', sub: `repo:${repo}:${context.claim}` });
      admitted += isAdmitted ? 1 : 0;
      expect(isAdmitted).toBe(sameRepository && sameContext);
    }), { numRuns: 3000, seed: 7 });
    expect(admitted).toBeGreaterThan(0);
  });
});

describe('names in AWS', () => {
  it('are as long as AWS takes them, and differ where what they name differs', () => {
    const label = fc.stringMatching(/^[a-z]([a-z0-9-]{0,61}[a-z0-9])?$/);
    fc.assert(fc.property(label, label, label, label, (delivery, app, otherDelivery, otherApp) => {
      const name = nameOf({ name: delivery }, { app }, 'push', 64);
      expect(name).toMatch(/^[a-z0-9][a-z0-9_-]{0,63}$/);
      expect(name === nameOf({ name: otherDelivery }, { app: otherApp }, 'push', 64)).toBe(delivery === otherDelivery && app === otherApp);
    }));
    expect(nameOf({ name: 'a-b' }, { app: 'c' }, 'push', 64)).not.toBe(nameOf({ name: 'a' }, { app: 'b-c' }, 'push', 64));
  });

  it('are whole where they fit, and cut with a hash where they don\'t', () => {
    expect(boundedName('images-eu_storefront_push', 64)).toBe('images-eu_storefront_push');
    expect(boundedName('a'.repeat(65), 64)).toMatch(/^a{55}-[0-9a-f]{8}$/);
    expect(boundedName(`${'a'.repeat(50)}----${'b'.repeat(20)}`, 60)).toMatch(/^a{50}-[0-9a-f]{8}$/);
  });

  it('are in the partition of their region', () => {
    expect(['eu-central-1', 'cn-north-1', 'us-gov-west-1'].map(partitionOf)).toEqual(['aws', 'aws-cn', 'aws-us-gov']);
  });
});
