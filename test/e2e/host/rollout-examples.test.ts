import { describe, expect, it } from 'vitest';
import { binary } from '../../../lib/control-plane/build.ts';
import { moduleFolder } from '../../../lib/control-plane/go-module.ts';
import { runOk } from '../../../lib/control-plane/run-program.ts';
import { judged, lineOf } from '../../validate/rollouts/world.ts';
import { build } from '../harness/build.ts';
import { named, whyWithout } from '../harness/need.ts';
import { upstreamExamples, type Example } from '../harness/rollout-examples.ts';

const reason = await whyWithout('rolloutcheck');

/** What is found in upstream's own examples though it takes them, and why that is right. */
const deserved: Readonly<Record<string, string>> = {
  'docs/analysis/kayenta.md#1 missing-field spec.strategy.canary.steps[0].experiment.analyses[0].name': 'its own definition asks for the name',
  'docs/features/analysis.md#1 analysis-distinction spec.strategy.canary.analysis': 'the query takes the Service of all pods: at 5 % a version that always fails is a success rate of 95 %, which its condition lets pass',
  'docs/features/analysis.md#6 analysis-distinction spec.strategy.canary.steps[2].analysis': 'the same query, by a template of the cluster',
  'docs/features/analysis.md#8 analysis-distinction spec.strategy.canary.analysis': 'the same query, and one of errors',
  'docs/migrating.md#1 canary-weight spec.strategy.canary.steps[0].setWeight': 'one pod can\'t have 20 % of the traffic',
  'examples/rollout-baseline-vs-canary.yaml endless-experiment spec.strategy.canary.steps[0].experiment': 'it runs until somebody terminates it, as its documentation says',
  'examples/rollout-canary-preview.yaml endless-experiment spec.strategy.canary.steps[0].experiment': 'it runs until somebody terminates it',
  'examples/rollout-experiment-step.yaml endless-experiment spec.strategy.canary.steps[1].experiment': 'its analysis can abort it, but a success doesn\'t end it: only required analyses do',
  'examples/rollout-secret.yaml canary-weight spec.strategy.canary.steps[0].setWeight': 'one pod can\'t have 25 % of the traffic',
  'examples/traffic-routing-experiment-step/istio-host-split-experiment-step.yaml endless-experiment spec.strategy.canary.steps[1].experiment': 'it runs until somebody terminates it',
  'examples/traffic-routing-experiment-step/rollout-alb-experiment-step.yaml endless-experiment spec.strategy.canary.steps[1].experiment': 'the same',
  'examples/traffic-routing-experiment-step/rollout-smi-experiment-step.yaml endless-experiment spec.strategy.canary.steps[1].experiment': 'the same',
};

/** What a sample doesn't bring along, others do. */
const brought = 'missing-reference';

async function takenByUpstream(examples: readonly Example[]): Promise<Example[]> {
  const lines = examples.flatMap(({ objects }, index) => objects.filter(({ kind }) => kind === 'Rollout').map((rollout) => ({ index, line: lineOf({ rollout, objects: objects.filter((object) => object !== rollout) }) })));
  const { stdout } = await runOk(binary(await build('rolloutcheck'), 'rolloutcheck'), [], { input: lines.map(({ line }) => `${line}\n`).join('') });
  const refused = new Set(stdout.trimEnd().split('\n').flatMap((answer, position) => ((JSON.parse(answer) as string[]).length > 0 ? [lines[position]?.index] : [])));
  return examples.filter((_, index) => !refused.has(index));
}

describe.skipIf(reason !== undefined)(named('examples of Argo Rollouts', reason), () => {
  it('pass, but for those that would fail on their way', async () => {
    const root = await moduleFolder({ module: 'github.com/argoproj/argo-rollouts', version: 'v1.10.1', sum: 'h1:6oyVPGiHHxu3ixkT6mngemh88HLPDoTX1IwO6KNR1Y4=' });
    const taken = await takenByUpstream(upstreamExamples(root));
    expect(taken.length).toBeGreaterThan(40);
    const found = taken.flatMap(({ name, objects: [first = {}, ...rest] }) => judged({ rollout: first, objects: rest }).filter(({ rule, severity, object }) => severity === 'error' && rule !== brought && ['Experiment', 'Rollout'].includes(object.kind)).map(({ rule, field, message }) => ({ key: `${name} ${rule} ${field}`, message })));
    expect([...new Set(found.map(({ key }) => key))].filter((key) => deserved[key] === undefined)).toEqual([]);
    expect(Object.keys(deserved).filter((key) => !found.some((each) => each.key === key))).toEqual([]);
  });
});
