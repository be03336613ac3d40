/** Kinds that upstream doesn't watch (`resource.exclusions`): made by the control plane in numbers, or answers that are never stored. */
export const usualExclusions: readonly { readonly apiGroups: readonly string[]; readonly kinds: readonly string[] }[] = [
  { apiGroups: ['', 'discovery.k8s.io'], kinds: ['Endpoints', 'EndpointSlice'] },
  { apiGroups: ['coordination.k8s.io'], kinds: ['Lease'] },
  {
    apiGroups: ['authentication.k8s.io', 'authorization.k8s.io'],
    kinds: ['SelfSubjectReview', 'TokenReview', 'LocalSubjectAccessReview', 'SelfSubjectAccessReview', 'SelfSubjectRulesReview', 'SubjectAccessReview'],
  },
  { apiGroups: ['certificates.k8s.io'], kinds: ['CertificateSigningRequest'] },
  { apiGroups: ['cert-manager.io'], kinds: ['CertificateRequest'] },
  { apiGroups: ['cilium.io'], kinds: ['CiliumIdentity', 'CiliumEndpoint', 'CiliumEndpointSlice'] },
  {
    apiGroups: ['kyverno.io', 'reports.kyverno.io', 'wgpolicyk8s.io'],
    kinds: ['PolicyReport', 'ClusterPolicyReport', 'EphemeralReport', 'ClusterEphemeralReport', 'AdmissionReport', 'ClusterAdmissionReport', 'BackgroundScanReport', 'ClusterBackgroundScanReport', 'UpdateRequest'],
  },
];

/** Fields whose change causes no new comparison, as upstream has it, by `<group>_<kind>`. */
export const usualIgnoredUpdates: Readonly<Record<string, { readonly jsonPointers?: readonly string[]; readonly jqPathExpressions?: readonly string[] }>> = {
  all: { jsonPointers: ['/status'] },
  ConfigMap: { jqPathExpressions: ['.metadata.annotations."cluster-autoscaler.kubernetes.io/last-updated"', '.metadata.annotations."control-plane.alpha.kubernetes.io/leader"'] },
  Endpoints: { jsonPointers: ['/metadata', '/subsets'] },
  apps_ReplicaSet: {
    jqPathExpressions: [
      '.metadata.annotations."deployment.kubernetes.io/desired-replicas"',
      '.metadata.annotations."deployment.kubernetes.io/max-replicas"',
      '.metadata.annotations."rollout.argoproj.io/desired-replicas"',
    ],
  },
  'argoproj.io_Application': {
    jqPathExpressions: [
      '.metadata.annotations."notified.notifications.argoproj.io"',
      '.metadata.annotations."argocd.argoproj.io/refresh"',
      '.metadata.annotations."argocd.argoproj.io/hydrate"',
      '.operation',
    ],
  },
  'argoproj.io_Rollout': { jqPathExpressions: ['.metadata.annotations."notified.notifications.argoproj.io"'] },
  autoscaling_HorizontalPodAutoscaler: {
    jqPathExpressions: [
      '.metadata.annotations."autoscaling.alpha.kubernetes.io/behavior"',
      '.metadata.annotations."autoscaling.alpha.kubernetes.io/conditions"',
      '.metadata.annotations."autoscaling.alpha.kubernetes.io/metrics"',
      '.metadata.annotations."autoscaling.alpha.kubernetes.io/current-metrics"',
    ],
  },
  'discovery.k8s.io_EndpointSlice': { jsonPointers: ['/metadata', '/endpoints', '/ports'] },
};
