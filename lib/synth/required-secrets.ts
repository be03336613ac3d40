import { clusterSecretName } from '../model/hub-credential.ts';
import { compareText } from '../values/errors.ts';
import { treeOf, type TreeObject } from './cluster-tree.ts';
import { repositorySecret } from './repository-secret.ts';
import type { RequiredSecret, SecretsInput } from './required-secret.ts';
import { secretsMadeBy, secretsNamedBy } from './secret-references.ts';

const sealedSecretsKeyLabel = 'sealedsecrets.bitnami.com/sealed-secrets-key';

/** Every Secret that the tree of a cluster needs and doesn't make itself, sorted by namespace and name. */
export function requiredSecrets(input: SecretsInput): RequiredSecret[] {
  const tree = treeOf(input.cluster.name, input.source);
  const found = new Map<string, RequiredSecret>();
  const add = (secret: RequiredSecret): void => {
    const key = `${secret.namespace}/${secret.name}`;
    const same = found.get(key);
    found.set(key, same === undefined ? secret : { ...same, keys: sorted([...same.keys, ...secret.keys]), namedBy: sorted([...same.namedBy, ...secret.namedBy]) });
  };
  const repository = repositorySecret(input);
  if (repository !== undefined) add(repository);
  for (const secret of sealedKeys(tree)) add(secret);
  const made = new Set(tree.flatMap(({ value, namespace }) => secretsMadeBy(value, namespace)));
  for (const secret of members(input, tree)) if (!made.has(`${secret.namespace}/${secret.name}`)) add(secret);
  const empty = new Set(tree.filter(({ value }) => value.kind === 'Secret').map(({ value, namespace }) => `${namespace}/${value.metadata?.name ?? ''}`).filter((name) => !made.has(name)));
  for (const { value, namespace, folder } of tree) {
    for (const reference of secretsNamedBy(value, namespace)) {
      const place = `${reference.namespace}/${reference.name}`;
      // What only needs the Secret to be there finds it; what reads one of its keys doesn't.
      if (made.has(place) || (empty.has(place) && value.kind !== 'ConfigMap')) continue;
      const decrypts = reference.field === 'spec.decryption.secretRef';
      add({
        namespace: reference.namespace,
        name: reference.name,
        purpose: decrypts ? 'sops-key' : 'reference',
        keys: reference.key === undefined ? [] : [reference.key],
        namedBy: [`${folder}: ${value.kind}/${value.metadata?.name ?? ''}`],
        bring: empty.has(place) ? 'these keys of a Secret that the install makes without data; from where the team keeps them' : decrypts ? 'the private key (age.agekey, or an OpenPGP key *.asc) that SOPS encrypted for; from where the team keeps it' : 'from where the team keeps it: nothing in Git makes it',
      });
    }
  }
  for (const [namespace, names] of Object.entries(input.cluster.existingSecrets)) {
    for (const name of names) add({ namespace, name, purpose: 'reference', keys: [], namedBy: [`cluster ${input.cluster.name}: existingSecrets`], bring: 'from where the team keeps it: the cluster declares it as existing without Git' });
  }
  return [...found.values()].sort((a, b) => compareText(a.namespace, b.namespace) || compareText(a.name, b.name));
}

/** The key of the sealed-secrets controller, where the tree has something that it has to open. */
function sealedKeys(tree: readonly TreeObject[]): RequiredSecret[] {
  const sealed = tree.filter(({ value }) => value.kind === 'SealedSecret');
  if (sealed.length === 0) return [];
  const controller = tree.find(({ value }) => value.kind === 'Deployment' && JSON.stringify(value).includes('sealed-secrets-controller'));
  return [{
    namespace: controller?.namespace ?? 'kube-system',
    name: 'sealed-secrets-key',
    purpose: 'sealed-secrets-key',
    keys: ['tls.crt', 'tls.key'],
    labels: { [sealedSecretsKeyLabel]: 'active' },
    namedBy: sorted(sealed.map(({ value, folder }) => `${folder}: SealedSecret/${value.metadata?.name ?? ''}`)),
    bring: `all Secrets with the label ${sealedSecretsKeyLabel}, from the backup; where the controller runs already, restart it then`,
  }];
}

/** Registrations of a hub's members: a hub delivers to a cluster that it has a Secret of. */
function members({ namespace }: SecretsInput, tree: readonly TreeObject[]): RequiredSecret[] {
  return tree.filter(({ value }) => value.kind === 'Application' && value.metadata?.labels?.['slipway.dev/role'] === 'member').map(({ value, folder }) => {
    const name = value.metadata?.labels?.['slipway.dev/cluster'] ?? value.metadata?.name ?? '';
    return {
      namespace, name: clusterSecretName(name), purpose: 'member', keys: ['config', 'name', 'server'], labels: { 'argocd.argoproj.io/secret-type': 'cluster' },
      namedBy: [`${folder}: Application/${value.metadata?.name ?? ''}`], bring: `how the hub reaches ${name}: its name (${name}), the URL of its API server, and a credential; \`pulumi up\` on its stack makes it`,
    };
  });
}

function sorted(texts: readonly string[]): string[] {
  return [...new Set(texts)].sort(compareText);
}
