import { z } from 'zod';
import type { KubeObject, RenderedFile } from '../manifests/rendered.ts';
import { compareText, SlipwayError } from '../values/errors.ts';
import { isFailure, type Finding } from './finding.ts';
import { validateUnit } from './fleet-validator.ts';
import { summarize, summaryLine } from './report/summary.ts';
import { readCustomResources } from './schemas/custom-resources.ts';
import { isRecord, record, text } from './schemas/plain.ts';

/** What the cdk8s CLI hands to a validation plugin, as far as this one uses it. */
export interface Cdk8sValidationContext {
  /** Paths of the synthesized manifests. */
  readonly manifests: readonly string[];
  /** By the name of the object, the construct that made it. */
  readonly metadata: Readonly<Record<string, { readonly path: string }>>;
  parseManifest(path: string): unknown[];
  readonly logger: { log(message: string): void };
  readonly report: {
    addViolation(violation: Cdk8sViolation): void;
    submit(status: 'failure' | 'success', metadata?: Readonly<Record<string, string>>): void;
  };
}

/** A rule that some objects break, in the words of the cdk8s CLI. */
export interface Cdk8sViolation {
  readonly ruleName: string;
  readonly recommendation: string;
  readonly fix: string;
  readonly violatingResources: readonly { readonly resourceName: string; readonly locations: readonly string[]; readonly manifestPath: string }[];
}

/** The `properties` of the plugin in `cdk8s.yaml`. */
export const cdk8sPluginSchema = z.strictObject({
  /** The Kubernetes minors of the clusters, such as `['1.35']`. */
  kubernetes: z.array(z.string()).min(1),
  /** The namespace where objects without one land. @default - objects name their own */
  namespace: z.string().optional(),
  /** Nobody watches: nothing may wait for a person. @default false */
  unattended: z.boolean().optional(),
  /** A folder of further CustomResourceDefinitions. @default - none */
  crds: z.string().optional(),
  /** Objects that exist without these manifests. @default - none */
  existing: z.array(z.strictObject({ kind: z.enum(['ConfigMap', 'PersistentVolumeClaim', 'Secret', 'ServiceAccount']), namespace: z.string(), name: z.string() })).optional(),
});

/**
 * Validates synthesized manifests and fills the report of the cdk8s CLI.
 * @throws SlipwayError for properties that are not right
 */
export function validateManifests(context: Cdk8sValidationContext, properties: unknown): void {
  const parsed = cdk8sPluginSchema.safeParse(properties);
  if (!parsed.success) {
    throw new SlipwayError(parsed.error.issues.map((issue) => ({ where: `cdk8s.yaml: validations properties${issue.path.map((step) => `.${String(step)}`).join('')}`, message: issue.message, fix: 'see docs/validation.md' })));
  }
  const { kubernetes, namespace, unattended, crds, existing } = parsed.data;
  const files = [...context.manifests].sort(compareText).map((path): RenderedFile => ({
    path,
    source: path,
    objects: context.parseManifest(path).filter(isRecord).map((value) => ({ value: value as unknown as KubeObject, construct: constructOf(value, context) })),
  }));
  const findings = validateUnit(
    { id: 'cdk8s', clusters: ['cdk8s'], files, images: [] },
    { minors: kubernetes, ...(namespace !== undefined && { namespace }), ...(unattended !== undefined && { unattended }), ...(existing !== undefined && { existing }), ...(crds !== undefined && { customResources: readCustomResources(crds) }) },
  );
  for (const violation of violationsOf(findings)) context.report.addViolation(violation);
  const { errors, warnings } = summarize(findings);
  context.logger.log(`slipway: ${summaryLine(findings)}`);
  context.report.submit(findings.some(isFailure) ? 'failure' : 'success', { errors: String(errors), warnings: String(warnings) });
}

function constructOf(value: Record<string, unknown>, context: Cdk8sValidationContext): string {
  const name = text(record(value, 'metadata'), 'name') ?? '';
  return Object.hasOwn(context.metadata, name) ? (context.metadata[name]?.path ?? name) : name;
}

/** One violation per rule, message and fix: the report tells a violation once for all objects that show it. */
function violationsOf(findings: readonly Finding[]): Cdk8sViolation[] {
  const groups = new Map<string, Finding[]>();
  for (const finding of findings) {
    const key = JSON.stringify([finding.rule, finding.message, finding.fix]);
    groups.set(key, [...(groups.get(key) ?? []), finding]);
  }
  return [...groups.values()].flatMap((group): Cdk8sViolation[] => {
    const [first] = group;
    if (first === undefined) return [];
    return [{
      ruleName: `${first.rule} (${first.severity})`,
      recommendation: first.message,
      fix: first.fix,
      violatingResources: group.map(({ object, field, file }) => ({ resourceName: object.name, locations: [field === '' ? '(the object)' : field], manifestPath: file })),
    }];
  });
}
