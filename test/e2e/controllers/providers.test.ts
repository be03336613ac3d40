import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { foretell } from '../harness/canary/foretell.ts';
import { jobCases, kayentaCases, prometheusCases, wavefrontCases, webCases, type ProviderCase } from '../harness/canary/cases/providers.ts';
import { playCase } from '../harness/canary/play.ts';
import { startWavefront, whyWithoutHttps, type Wavefront } from '../harness/canary/provider-apis.ts';
import { startStage, type LiveRollout, type Stage } from '../harness/canary/stage.ts';
import { named, whyWithout } from '../harness/need.ts';

const reason = await whyWithout('supervise', 'pki', 'etcd', 'kubernetes', 'kwok', 'argo-rollouts');
const withoutHttps = reason === undefined ? await whyWithoutHttps() : reason;
// Not every machine that runs this may have that port, a CI's either: it is a skip by name everywhere.
const noWavefront = withoutHttps?.split('\n')[0];
const token = 'a-token-of-the-tests';

// The app, its Rollout and its AnalysisTemplate are rendered by the product, and measured by the real controller.
describe.skipIf(reason)(named('analyses of the five providers, rendered and really measured', reason), () => {
  let stage: Stage;
  let wavefront: Wavefront | undefined;

  beforeAll(async () => {
    if (noWavefront === undefined) wavefront = await startWavefront(token);
    stage = await startStage(wavefront === undefined ? {} : { SSL_CERT_FILE: wavefront.authority });
    const secret = { apiVersion: 'v1', kind: 'Secret', metadata: { name: 'wavefront-api-tokens' }, stringData: { '127.0.0.1': token } };
    await stage.plane.api.send('POST', '/api/v1/namespaces/argo-rollouts/secrets', secret);
  });
  afterAll(async () => {
    await stage?.stop();
    await wavefront?.stop();
  });

  const plays = async ({ each, asked, isAbout }: ProviderCase): Promise<void> => {
    const foretold = foretell(each);
    expect(foretold).toMatchObject(each.comesTo);
    expect(await playCase(stage, each)).toEqual(foretold);
    if (isAbout === undefined) return;
    const { items } = (await stage.plane.api.get('/apis/argoproj.io/v1alpha1/rollouts')) as { readonly items: readonly LiveRollout[] };
    const moments = items.filter(({ metadata }) => metadata.namespace.startsWith(`case-${each.id}-`)).flatMap(({ metadata }) => stage.history.of(metadata.namespace));
    const pairs = moments.filter(({ hash, stable }) => hash !== stable && stable !== '').map(({ hash, stable }) => ({ canary: hash, stable }));
    expect(asked.length).toBeGreaterThan(0);
    expect(asked.filter((question) => !pairs.some((hashes) => isAbout(question, hashes)))).toEqual([]);
  };

  for (const one of [...prometheusCases(), ...webCases(), ...jobCases(), ...kayentaCases()]) {
    it.concurrent(`${one.provider}: ${one.each.name}`, { timeout: 600_000 }, () => plays(one));
  }
  it.skipIf(noWavefront !== undefined)(named('Wavefront: a good ratio promotes and a bad one aborts, measured with its token over https', noWavefront), { timeout: 600_000 }, async () => {
    wavefront!.measure = (query) => (query.includes('app.success.good') ? 0.999 : query.includes('app.success.bad') ? 0.5 : undefined);
    await Promise.all(wavefrontCases(wavefront!).map(plays));
  });
});
