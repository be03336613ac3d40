import type { ObjectRule } from '../rule.ts';
import { isRecord, record } from '../schemas/plain.ts';

const controllers = /^(argocd\.argoproj\.io|kustomize\.toolkit\.fluxcd\.io|reconcile\.fluxcd\.io)\//;
const allowed: ReadonlySet<string> = new Set([
  'argocd.argoproj.io/compare-options',
  'argocd.argoproj.io/sync-options',
  'argocd.argoproj.io/sync-wave',
  'kustomize.toolkit.fluxcd.io/force',
  'kustomize.toolkit.fluxcd.io/prune',
  'kustomize.toolkit.fluxcd.io/reconcile',
  'kustomize.toolkit.fluxcd.io/ssa',
  'kustomize.toolkit.fluxcd.io/substitute',
]);

/** App folders serve both controllers: what one of them alone would understand stands on its tracking object. */
export const controllerAnnotations: ObjectRule = {
  id: 'controller-annotations',
  scope: 'object',
  severity: 'error',
  title: 'Objects of an app carry only controller annotations that order, prune and compare',
  fix: 'put it on the tracking object of the controller instead',
  check(object, report, landing) {
    if (landing.unit.app === undefined) return;
    const annotations = record(record(object.value, 'metadata'), 'annotations');
    if (!isRecord(annotations)) return;
    for (const key of Object.keys(annotations)) {
      if (controllers.test(key) && !allowed.has(key)) report(object, { field: `metadata.annotations[${JSON.stringify(key)}]`, message: `expected one of ${[...allowed].join(', ')}, got ${key}` });
    }
  },
};
