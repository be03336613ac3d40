import * as alicloud from '@pulumi/alicloud';
import type * as pulumi from '@pulumi/pulumi';
import type { AppDelivery } from '../../../model/delivery/delivery.ts';
import type { DeliveryOf } from '../delivery.ts';

/** An app's image repositories, by the image's key in the app's `images`. */
export type MadeRepositories = Readonly<Record<string, alicloud.cs.RegistryEnterpriseRepo>>;

/** Makes a private repository for each image of an app: its tags kept, old images deleted, new ones looked through, never deleted itself by mistake. */
export function imageRepositories({ name, cloud }: DeliveryOf<'alibaba'>, { app, images }: AppDelivery, namespace: pulumi.Input<string>, opts: pulumi.CustomResourceOptions): MadeRepositories {
  if (images === undefined) return {};
  const instanceId = cloud.registryInstance;
  const made = Object.fromEntries(Object.entries(images.names).map(([key, repository]) => {
    const id = `${name}/${app}/${key}`;
    const repo = new alicloud.cs.RegistryEnterpriseRepo(id, {
      instanceId,
      namespace,
      name: repository,
      repoType: 'PRIVATE',
      summary: `Images of ${app}`,
      tagImmutability: images.immutableTags,
    }, { ...opts, protect: true });
    if (images.keep !== 'all') new alicloud.cr.ArtifactLifecycleRule(id, { instanceId, scope: 'REPO', namespaceName: repo.namespace, repoName: repo.name, auto: true, scheduleTime: 'WEEK', retentionTagCount: images.keep }, opts);
    return [key, repo];
  }));
  if (images.scan) {
    const repoNames = Object.values(made).map((repo) => repo.name);
    new alicloud.cr.ScanRule(`${name}/${app}`, { instanceId, ruleName: `${name}-${app}`, scanScope: 'REPO', namespaces: [namespace], repoNames, repoTagFilterPattern: '.*', scanType: 'VUL', triggerType: 'AUTO' }, opts);
  }
  return made;
}
