// The main of Pulumi.yaml: makes the cluster of the stack's name and bootstraps its controller, or what the delivery of that name describes.
import * as pulumi from '@pulumi/pulumi';
import { throwProblems } from '../values/errors.ts';
import { loadWorkspace } from '../workspace.ts';
import { makeDelivery } from './delivery/make.ts';
import { projectFolder } from './project-folder.ts';
import { provision } from './provision.ts';
import { settingProblems } from './setting-problems.ts';
import { stackSettings } from './settings.ts';
import { clusterOfStack, deliveryOfStack } from './stack.ts';
import { told } from './told.ts';

export default (): Promise<Readonly<Record<string, unknown>>> => told(async () => {
  const folder = projectFolder(process.cwd());
  const fleet = await loadWorkspace(folder, { pins: 'unchecked' });
  const delivery = deliveryOfStack(fleet, pulumi.getStack());
  if (delivery !== undefined) return await makeDelivery(delivery);
  const cluster = clusterOfStack(fleet, pulumi.getStack());
  throwProblems(settingProblems());
  return await provision({ cluster, fleet, folder, settings: stackSettings() });
});
