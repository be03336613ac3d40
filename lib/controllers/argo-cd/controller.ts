import type { GitOpsController } from '../controller.ts';
import { applicationOf } from './application.ts';
import { applicationSets } from './application-sets.ts';
import { clusterSecrets } from './cluster-secrets.ts';
import { impersonates, teamAccountObjects } from './impersonation.ts';
import { imageUpdaters } from './image-updater.ts';
import { argoCdInstall } from './install/install.ts';
import { argoCdNamespace } from './names.ts';
import { teamProjects } from './projects.ts';
import { rootApplication } from './root.ts';

/** Argo CD: an Application for everything that is tracked, a project for each team. */
export const argoCdController: GitOpsController = {
  kind: 'argo-cd',
  namespace: argoCdNamespace,
  self: 'argo-cd',
  // The last where Image Updater is installed beside it, and only there is one rendered.
  defines: ['argoproj.io/AppProject', 'argoproj.io/Application', 'argoproj.io/ApplicationSet', 'argocd-image-updater.argoproj.io/ImageUpdater'],
  install: argoCdInstall,
  platform: (input) => [
    ...teamProjects(input),
    ...applicationSets(input),
    ...clusterSecrets(input),
    ...imageUpdaters(input),
    ...(impersonates(input) ? teamAccountObjects(input, input.cluster) : []),
  ],
  memberPlatform: (input, member) => (impersonates(input) ? teamAccountObjects(input, member) : []),
  root: (input) => [rootApplication(input)],
  track: (tracked, host) => [applicationOf(tracked, host)],
};
