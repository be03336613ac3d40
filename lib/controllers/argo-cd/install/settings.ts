import type { KustomizationPatch } from '../../../manifests/kustomization.ts';
import type { ArgoCd } from '../../../model/argo-cd-options.ts';
import { compareText } from '../../../values/errors.ts';
import { usualHostKeys } from './host-keys.ts';
import type { Parameters } from './parameters.ts';
import { rbacData } from './rbac.ts';
import { resourceData } from './resources.ts';
import { secretText, ssoData } from './sso.ts';

const webhookKeys = {
  azureDevOpsPassword: 'webhook.azuredevops.password',
  azureDevOpsUsername: 'webhook.azuredevops.username',
  bitbucket: 'webhook.bitbucket.uuid',
  bitbucketServer: 'webhook.bitbucketserver.secret',
  github: 'webhook.github.secret',
  gitlab: 'webhook.gitlab.secret',
  gogs: 'webhook.gogs.secret',
} as const;

/** Patches of Argo CD's ConfigMaps and of its Secret: keys are added to upstream's, or stand in their place. */
export function settingsPatches(options: ArgoCd, parameters: Parameters): KustomizationPatch[] {
  const { knownHosts, certificates } = options.repositories;
  return [
    ...configMap('argocd-cm', { ...generalData(options), ...ssoData(options.sso), ...resourceData(options.resources), ...parameters.timeouts }),
    ...configMap('argocd-cmd-params-cm', parameters.command),
    ...configMap('argocd-rbac-cm', rbacData(options.rbac)),
    ...configMap('argocd-ssh-known-hosts-cm', knownHosts.length === 0 ? {} : { ssh_known_hosts: `${[...usualHostKeys.map((parts) => parts.join(' ')), ...knownHosts].join('\n')}\n` }),
    ...configMap('argocd-tls-certs-cm', certificates),
    ...webhooks(options),
  ];
}

function generalData(options: ArgoCd): Record<string, string> {
  const { accounts, admin, helm, impersonation, kustomize, sessionDuration, ui } = options;
  return {
    ...Object.fromEntries(Object.entries(accounts).map(([name, capabilities]) => [`accounts.${name}`, [...capabilities].sort(compareText).join(', ')])),
    ...(impersonation && { 'application.sync.impersonation.enabled': 'true' }),
    ...(!admin && { 'admin.enabled': 'false' }),
    ...(helm.valuesFileSchemes !== undefined && { 'helm.valuesFileSchemes': helm.valuesFileSchemes.join(', ') }),
    ...(kustomize.buildOptions.length > 0 && { 'kustomize.buildOptions': kustomize.buildOptions.join(' ') }),
    ...(ui !== undefined && { url: `https://${ui.host}` }),
    ...(sessionDuration !== undefined && { 'users.session.duration': sessionDuration }),
  };
}

/** The Secret holds no secret here: Argo CD looks the value up where the text says. */
function webhooks(options: ArgoCd): KustomizationPatch[] {
  const data = Object.entries(webhookKeys).flatMap(([kind, key]) => {
    const reference = options.webhooks[kind as keyof typeof webhookKeys];
    return reference === undefined ? [] : [[key, Buffer.from(secretText(reference.fromSecret), 'utf8').toString('base64')]];
  });
  return data.length === 0 ? [] : [{ patch: { apiVersion: 'v1', kind: 'Secret', metadata: { name: 'argocd-secret' }, data: sorted(Object.fromEntries(data)) } }];
}

/** A patch that adds keys to a ConfigMap; none where there is nothing to add. */
export function configMap(name: string, data: Readonly<Record<string, string>>): KustomizationPatch[] {
  return Object.keys(data).length === 0 ? [] : [{ patch: { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name }, data: sorted(data) } }];
}

function sorted<T>(values: Readonly<Record<string, T>>): Record<string, T> {
  return Object.fromEntries(Object.entries(values).sort(([a], [b]) => compareText(a, b)));
}
