import type { ControllerFolder, Hosted } from '../../controller.ts';
import { argoCdNamespace } from '../names.ts';
import { systemProjects } from '../projects.ts';

/** Argo CD's install on a cluster: the upstream manifest of its version, its namespace and its own projects. */
export function argoCdInstall(input: Hosted): ControllerFolder {
  const { controller } = input.cluster;
  return {
    upstream: [{ name: 'argo-cd', version: controller.version }],
    objects: systemProjects(input),
    patches: [],
    images: [],
    namespace: argoCdNamespace,
  };
}
