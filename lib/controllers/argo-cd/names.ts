/** Argo CD's own namespace, where its Applications and projects lie. */
export const argoCdNamespace = 'argocd';
/** The project of what Slipway itself tracks. No team can have this name. */
export const systemProject = 'slipway';
/** Argo CD's built-in project, rendered empty: an Application without a project may do nothing. */
export const defaultProject = 'default';
/** Annotations of what must outlive an app that is removed, because the app is deleted by its leave: Argo CD neither deletes it nor counts it as a difference. */
export const kept = { 'argocd.argoproj.io/compare-options': 'IgnoreExtraneous', 'argocd.argoproj.io/sync-options': 'Prune=false,Delete=false' } as const;
/** How Argo CD names the API server of the cluster on which it runs. */
export const ownServer = 'https://kubernetes.default.svc';
