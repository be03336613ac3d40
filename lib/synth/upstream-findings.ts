import type { MissingUpstream } from '../upstream/units.ts';
import type { Finding } from '../validate/finding.ts';

/** A warning for every upstream manifest that is used and not pinned: whoever had its bytes first could have had any. */
export function unpinnedFindings(missing: readonly MissingUpstream[]): Finding[] {
  return missing.filter(({ reason }) => reason === 'unpinned').map(({ name, version, unit, where, message, fix }): Finding => ({
    rule: 'unpinned',
    severity: 'warning',
    object: { apiVersion: 'kustomize.config.k8s.io/v1beta1', kind: 'Kustomization', name: `${name}-${version}` },
    file: where,
    field: '',
    construct: unit,
    message,
    fix,
  }));
}
