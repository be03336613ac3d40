import type { Rule } from '../rule.ts';
import { afterRollout } from './after-rollout.ts';
import { analysisArguments } from './analysis-arguments.ts';
import { analysisCondition } from './analysis-condition.ts';
import { analysisMetric } from './analysis-metric.ts';
import { bootstrapOrder } from './bootstrap-order.ts';
import { budgetBlocksEviction } from './budget-blocks-eviction.ts';
import { budgetSelectsNothing } from './budget-selects-nothing.ts';
import { canaryWeight } from './canary-weight.ts';
import { controllerAnnotations } from './controller-annotations.ts';
import { duplicateObject } from './duplicate-object.ts';
import { finalizers } from './finalizers.ts';
import { gracePeriod } from './grace-period.ts';
import { ingressPaths } from './ingress-paths.ts';
import { kustomizationFiles } from './kustomization-files.ts';
import { limitRange } from './limit-range.ts';
import { missingDefinition } from './missing-definition.ts';
import { missingNamespace } from './missing-namespace.ts';
import { missingReference } from './missing-reference.ts';
import { monitorEndpoint } from './monitor-endpoint.ts';
import { mutableImage } from './mutable-image.ts';
import { networkPolicyPeers } from './network-policy-peers.ts';
import { networkPolicyPort } from './network-policy-port.ts';
import { objectName } from './object-name.ts';
import { objectSize } from './object-size.ts';
import { patchTarget } from './patch-target.ts';
import { podContainers } from './pod-containers.ts';
import { podSecurityLabels } from './pod-security-labels.ts';
import { podSecurity } from './pod-security.ts';
import { probePort } from './probe-port.ts';
import { requestOverLimit } from './request-over-limit.ts';
import { rolloutStrategy } from './rollout-strategy.ts';
import { routeBackend } from './route-backend.ts';
import { scalerTarget } from './scaler-target.ts';
import { schemaRules } from './schema.ts';
import { secretInGit } from './secret-in-git.ts';
import { selectorMismatch } from './selector-mismatch.ts';
import { selectorOverlap } from './selector-overlap.ts';
import { servicePorts } from './service-ports.ts';
import { serviceSelectsNothing } from './service-selects-nothing.ts';
import { serviceSelectsSeveral } from './service-selects-several.ts';
import { serviceTargetPort } from './service-target-port.ts';
import { twoOwners } from './two-owners.ts';
import { volumeMissing } from './volume-missing.ts';

/** Every rule. Its id is what a waiver names. */
export const rules: readonly Rule[] = [
  ...schemaRules,
  // About one object: what the API server refuses and no schema says, and what an expert would not do.
  analysisCondition,
  analysisMetric,
  canaryWeight,
  controllerAnnotations,
  finalizers,
  gracePeriod,
  ingressPaths,
  limitRange,
  mutableImage,
  networkPolicyPeers,
  objectName,
  objectSize,
  podContainers,
  podSecurityLabels,
  probePort,
  requestOverLimit,
  rolloutStrategy,
  secretInGit,
  selectorMismatch,
  servicePorts,
  volumeMissing,
  // About the objects of one render.
  afterRollout,
  analysisArguments,
  budgetBlocksEviction,
  budgetSelectsNothing,
  duplicateObject,
  kustomizationFiles,
  monitorEndpoint,
  networkPolicyPort,
  routeBackend,
  scalerTarget,
  selectorOverlap,
  serviceSelectsNothing,
  serviceSelectsSeveral,
  serviceTargetPort,
  // About everything that meets on a cluster.
  bootstrapOrder,
  missingDefinition,
  missingNamespace,
  missingReference,
  patchTarget,
  podSecurity,
  twoOwners,
];
