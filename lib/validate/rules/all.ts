import type { Rule } from '../rule.ts';
import { afterRollout } from './after-rollout.ts';
import { analysisArguments } from './analysis-arguments.ts';
import { analysisCondition } from './analysis-condition.ts';
import { analysisDistinction } from './analysis-distinction.ts';
import { analysisDuration } from './analysis-duration.ts';
import { analysisMetric } from './analysis-metric.ts';
import { analysisTogether } from './analysis-together.ts';
import { analysisWithoutPods } from './analysis-without-pods.ts';
import { bootstrapOrder } from './bootstrap-order.ts';
import { budgetBlocksEviction } from './budget-blocks-eviction.ts';
import { budgetSelectsNothing } from './budget-selects-nothing.ts';
import { canaryStepsRule } from './canary-steps.ts';
import { canaryWeight } from './canary-weight.ts';
import { controllerAnnotations } from './controller-annotations.ts';
import { duplicateObject } from './duplicate-object.ts';
import { endlessAnalysis } from './endless-analysis.ts';
import { endlessExperiment } from './endless-experiment.ts';
import { endlessPause } from './endless-pause.ts';
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
import { progressDeadline } from './progress-deadline.ts';
import { requestOverLimit } from './request-over-limit.ts';
import { rollbackWindow } from './rollback-window.ts';
import { rolloutLimits } from './rollout-limits.ts';
import { rolloutQuota } from './rollout-quota.ts';
import { rolloutServicesRule } from './rollout-services.ts';
import { rolloutStrategy } from './rollout-strategy.ts';
import { rolloutTemplate } from './rollout-template.ts';
import { routeBackend } from './route-backend.ts';
import { routeWithoutPods } from './route-without-pods.ts';
import { scalerTarget } from './scaler-target.ts';
import { schemaRules } from './schema.ts';
import { secretInGit } from './secret-in-git.ts';
import { selectorMismatch } from './selector-mismatch.ts';
import { selectorOverlap } from './selector-overlap.ts';
import { servicePorts } from './service-ports.ts';
import { serviceSelectsNothing } from './service-selects-nothing.ts';
import { serviceSelectsSeveral } from './service-selects-several.ts';
import { serviceTargetPort } from './service-target-port.ts';
import { sharedService } from './shared-service.ts';
import { trafficRouting } from './traffic-routing.ts';
import { twoOwners } from './two-owners.ts';
import { unattendedVerdict } from './unattended-verdict.ts';
import { volumeMissing } from './volume-missing.ts';

/** Every rule. Its id is what a waiver names. */
export const rules: readonly Rule[] = [
  ...schemaRules,
  // About one object: what the API server refuses and no schema says, and what an expert would not do.
  analysisCondition,
  analysisMetric,
  canaryStepsRule,
  controllerAnnotations,
  endlessExperiment,
  endlessPause,
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
  rollbackWindow,
  rolloutLimits,
  rolloutStrategy,
  rolloutTemplate,
  routeWithoutPods,
  secretInGit,
  selectorMismatch,
  servicePorts,
  volumeMissing,
  // About the objects of one render.
  afterRollout,
  budgetBlocksEviction,
  budgetSelectsNothing,
  canaryWeight,
  duplicateObject,
  kustomizationFiles,
  monitorEndpoint,
  networkPolicyPort,
  progressDeadline,
  rolloutServicesRule,
  routeBackend,
  scalerTarget,
  selectorOverlap,
  serviceSelectsNothing,
  serviceSelectsSeveral,
  serviceTargetPort,
  sharedService,
  trafficRouting,
  // About everything that meets on a cluster.
  analysisArguments,
  analysisDistinction,
  analysisDuration,
  analysisTogether,
  analysisWithoutPods,
  bootstrapOrder,
  endlessAnalysis,
  missingDefinition,
  missingNamespace,
  missingReference,
  patchTarget,
  podSecurity,
  rolloutQuota,
  twoOwners,
  unattendedVerdict,
];
