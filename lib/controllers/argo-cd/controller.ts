import type { GitOpsController } from '../controller.ts';
import { applicationOf } from './application.ts';
import { argoCdInstall } from './install/install.ts';
import { argoCdNamespace } from './names.ts';
import { teamProjects } from './projects.ts';
import { rootApplication } from './root.ts';

/** Argo CD: an Application for everything that is tracked, a project for each team. */
export const argoCdController: GitOpsController = {
  kind: 'argo-cd',
  namespace: argoCdNamespace,
  self: 'argo-cd',
  install: argoCdInstall,
  platform: (input) => teamProjects(input),
  memberPlatform: () => [],
  root: (input) => [rootApplication(input)],
  track: (tracked, host) => [applicationOf(tracked, host)],
};
