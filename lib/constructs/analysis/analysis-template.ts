import type { IAnalysisTemplate } from '@kubernetes-models/argo-rollouts/argoproj.io/v1alpha1/AnalysisTemplate';
import type { IClusterAnalysisTemplate } from '@kubernetes-models/argo-rollouts/argoproj.io/v1alpha1/ClusterAnalysisTemplate';
import { Construct } from 'constructs';
import { z } from 'zod';
import { checkedText } from '../../model/schema.ts';
import type { Problem } from '../../values/errors.ts';
import { dnsLabelProblem } from '../../values/names.ts';
import { AppChart } from '../app-chart.ts';
import { propsProblems } from '../check-props.ts';
import { Manifest } from '../manifest.ts';
import { labelsSchema } from '../network/fields.ts';
import { metadataFor } from '../network/metadata.ts';
import { defaultName, identityOf } from '../python-app/identity.ts';
import { podSecrets } from '../python-app/secrets.ts';
import type { ArgumentValue, OwnAnalysis } from './analysis.ts';
import type { AnalysisFacts } from './facts.ts';
import { ownAnalysisProblems } from './problems.ts';
import { analysisSchema } from './schema.ts';
import { analysisSecrets, templateSpec } from './template.ts';

/** What `new AnalysisTemplate(scope, id, props)` and `new ClusterAnalysisTemplate(scope, id, props)` take. */
export interface AnalysisTemplateProps {
  /** What it measures. Arguments that a fact of an app gives stay open: whoever uses it says them, `existingAnalysis(name, { args: { 'canary-hash': { fact: 'canary-hash' } } })`. */
  readonly analysis: OwnAnalysis;
  /** Its name in the cluster. @default - the analysis's own; of an AnalysisTemplate with the app's before it */
  readonly name?: string;
  /** Labels beside the standard ones. @default {} */
  readonly labels?: Readonly<Record<string, string>>;
}

const schema = z.strictObject({ analysis: analysisSchema, name: checkedText(dnsLabelProblem).optional(), labels: labelsSchema.optional() });

/** An AnalysisTemplate that stands alone, for Rollouts of its namespace that somebody else describes. One that a PythonApp's `rollout` uses is made with it. */
export class AnalysisTemplate extends Construct {
  /** Its object. @default - undefined when something was wrong */
  readonly template: Manifest<IAnalysisTemplate> | undefined;

  constructor(scope: Construct, id: string, props: AnalysisTemplateProps) {
    super(scope, id);
    const made = described(this, id, props, false);
    if (made === undefined) return;
    const { facts, open } = made;
    podSecrets(this, facts.identity, [], analysisSecrets([props.analysis]));
    this.template = new Manifest<IAnalysisTemplate>(this, 'template', {
      apiVersion: 'argoproj.io/v1alpha1', kind: 'AnalysisTemplate', metadata: metadataOf(props, facts), spec: templateSpec(facts.identity.name, open, facts),
    });
  }
}

/** A ClusterAnalysisTemplate, for the Rollouts of all namespaces. The team that delivers it needs `clusterKinds: ['argoproj.io/ClusterAnalysisTemplate']`. */
export class ClusterAnalysisTemplate extends Construct {
  /** Its object. @default - undefined when something was wrong */
  readonly template: Manifest<IClusterAnalysisTemplate> | undefined;

  constructor(scope: Construct, id: string, props: AnalysisTemplateProps) {
    super(scope, id);
    const made = described(this, id, props, true);
    if (made === undefined) return;
    const { facts, open } = made;
    this.template = new Manifest<IClusterAnalysisTemplate>(this, 'template', {
      apiVersion: 'argoproj.io/v1alpha1', kind: 'ClusterAnalysisTemplate', metadata: metadataOf(props, facts), spec: templateSpec(facts.identity.name, open, facts),
    }, { withoutNamespace: true });
  }
}

function metadataOf({ analysis: { description }, labels }: AnalysisTemplateProps, { identity }: AnalysisFacts) {
  return metadataFor(identity, { ...(labels !== undefined && { labels }), ...(description !== undefined && { annotations: { description } }) });
}

/** What is known where no app is, and the analysis with its arguments open; undefined when something was wrong, which is then noted. */
function described(scope: Construct, id: string, props: AnalysisTemplateProps, clusterWide: boolean): { readonly facts: AnalysisFacts; readonly open: OwnAnalysis } | undefined {
  const chart = AppChart.of(scope);
  const where = scope.node.path;
  const found: Problem[] = [...propsProblems(schema, props, where)];
  if (found.length === 0) {
    const { namespace: _, ...identity } = identityOf(chart.context, id, { name: props.name ?? (clusterWide ? props.analysis.name : defaultName(chart.context.app, props.analysis.name)) });
    const facts: AnalysisFacts = {
      identity: clusterWide ? identity : { ...identity, namespace: chart.context.namespace },
      environment: chart.context.environment.name,
      place: { app: chart.context.app, bare: false, size: (name) => chart.context.size(name) },
    };
    found.push(...ownAnalysisProblems(props.analysis, 'background', facts, where, ['analysis']), ...aloneProblems(props.analysis, clusterWide, where));
    if (found.length === 0) return { facts, open: withOpenArguments(props.analysis) };
  }
  chart.problems.push(...found);
  return undefined;
}

function withOpenArguments(analysis: OwnAnalysis): OwnAnalysis {
  const opened = (value: ArgumentValue): ArgumentValue => (typeof value === 'object' && 'fact' in value ? { required: true } : value);
  return { ...analysis, args: Object.fromEntries(Object.entries(analysis.args ?? {}).map(([name, value]) => [name, opened(value)])) };
}

/** What only an app that uses the analysis could make. */
function aloneProblems(analysis: OwnAnalysis, clusterWide: boolean, where: string): Problem[] {
  return [
    ...(analysis.includes ?? []).flatMap((each, index): Problem[] => (each.kind === 'existing-analysis' ? [] : [{ where: `${where}: analysis.includes[${index}]`, message: `expected an existing analysis, got ${JSON.stringify(each.name)}, which nobody makes here`, fix: 'make a template of its own, and include it by existingAnalysis()' }])),
    ...Object.entries(analysis.args ?? {}).flatMap(([name, value]): Problem[] => (!clusterWide || typeof value !== 'object' || !('secret' in value) || value.secret.kind === 'existing' ? [] : [{ where: `${where}: analysis.args.${name}`, message: 'expected a Secret that exists in every namespace where it is used, got one that an app makes', fix: 'use existingSecret()' }])),
  ];
}
