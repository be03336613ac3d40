import type { KubeObject } from '../../manifests/rendered.ts';
import type { Problem } from '../../values/errors.ts';
import { fieldsAt, listAt, textAt } from '../../values/fields.ts';

/** The templates that references name, with those that these name in turn, each once; namespaced ones first, as the controller takes them together. What isn't there is added to the problems. */
export function templatesOf(references: readonly unknown[], objects: readonly KubeObject[], field: string, problems: Problem[]): KubeObject[] {
  const found = new Map<string, KubeObject>();
  const visit = (list: readonly unknown[], trail: readonly string[]): void => {
    for (const reference of list) {
      const name = textAt(reference, 'templateName') ?? '';
      const kind = fieldsAt(reference)['clusterScope'] === true ? 'ClusterAnalysisTemplate' : 'AnalysisTemplate';
      const key = `${kind} ${JSON.stringify(name)}`;
      if (trail.includes(key)) {
        problems.push({ where: field, message: `expected templates that don't name each other, got ${[...trail, key].join(' -> ')}`, fix: 'take one of the references out' });
        continue;
      }
      const template = objects.find((object) => object.kind === kind && object.metadata?.name === name);
      if (template === undefined) {
        problems.push({ where: field, message: `expected ${key} among what the app renders, got none`, fix: 'render the template with the app: only then is it known what the analysis does' });
        continue;
      }
      if (!found.has(key)) found.set(key, template);
      visit(listAt(template['spec'], 'templates'), [...trail, key]);
    }
  };
  visit(references, []);
  return [...found.values()].sort((a, b) => Number(a.kind === 'ClusterAnalysisTemplate') - Number(b.kind === 'ClusterAnalysisTemplate'));
}
