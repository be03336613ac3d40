import type { ApplyPhase, Bootstrap, SecretsPhase } from '../synth/bootstrap.ts';
import type { WaitFor } from '../synth/bootstrap-readiness.ts';
import type { RequiredSecret } from '../synth/required-secret.ts';

/** Where a cluster comes back from. */
export interface RebuildSource {
  readonly url: string;
  readonly branch: string;
  /** The folder in the repository; '' for its root. */
  readonly path: string;
  /** The commit that was read. */
  readonly commit: string;
}

/** Splits the built install: with early=1 namespaces and definitions, with early=0 the rest, without what the controller has to apply itself. */
function part({ left }: Bootstrap): string {
  const kinds = [...new Set(left.map(({ apiVersion, kind }) => `${apiVersion} ${kind}`))].sort();
  return `part() {
  awk -v early="$1" 'function flush() { if (text != "" && is == early${kinds.length === 0 ? '' : ` && !(version " " kind in left)`}) printf "---\\n%s", text; text = ""; is = 0 }
    ${kinds.length === 0 ? '' : `BEGIN { ${kinds.map((kind) => `left["${kind}"] = 1`).join('; ')} } `}/^---$/ { flush(); next } /^apiVersion: / { version = $2 } /^kind: / { kind = $2; is = kind == "CustomResourceDefinition" || kind == "Namespace" } { text = text $0 "\\n" } END { flush() }' "$work/install.yaml"
}`;
}

/** A POSIX shell script that executes a bootstrap with git and kubectl alone: what is left when everything else is gone. Running it again goes on where it stopped. */
export function rebuildScript(bootstrap: Bootstrap, source: RebuildSource): string {
  const { cluster, fieldManager, phases } = bootstrap;
  return `${[
    '#!/bin/sh',
    `# Brings the cluster ${cluster} back from ${source.url} (${source.branch}); written when that stood at ${source.commit}.`,
    '# Needs git and kubectl. Running it again goes on where it stopped.',
    'set -eu',
    `[ $# -eq 1 ] || { echo "usage: sh $0 CONTEXT   (the kubeconfig context of ${cluster})" >&2; exit 2; }`,
    'context=$1',
    'k() { kubectl --context "$context" "$@"; }',
    `apply() { k apply --server-side --field-manager=${fieldManager} "$@"; }`,
    'has() { k get --namespace "$1" secret "$2" >/dev/null 2>&1; }',
    // kubectl wait gives up at once on an object that has no conditions yet.
    'await() { tries=5; until k wait "$@"; do tries=$((tries - 1)); [ $tries -gt 0 ] || return 1; sleep 2; done; }',
    'work=$(mktemp -d)',
    'trap \'rm -rf "$work"\' EXIT',
    part(bootstrap),
    `git clone --quiet --branch ${quoted(source.branch)} --single-branch ${quoted(source.url)} "$work/runtime"`,
    `cd "$work/runtime"${source.path === '' ? '' : `/${quoted(source.path)}`}`,
    ...phases.flatMap((phase) => ['', ...(phase.kind === 'apply' ? applyLines(phase) : secretLines(phase))]),
    '',
    `echo ${quoted(`${cluster} follows ${source.url} (${source.branch}) again.`)}`,
  ].join('\n')}\n`;
}

function applyLines(phase: ApplyPhase): string[] {
  const waits = phase.waitFor.map(waitLine);
  switch (phase.name) {
    case 'definitions':
      return ['# 1. Namespaces and definitions', `kubectl kustomize ${quoted(phase.folder)} > "$work/install.yaml"`, 'part 1 | apply -f -', ...waits];
    case 'install':
      return ['# 3. The rest of the install', 'part 0 | apply -f -', ...waits];
    case 'root':
      return ['# 4. What the controller follows; from here it owns everything', ...(phase.files ?? []).map((file) => `apply -f ${quoted(file)}`), ...waits];
    default:
      return phase.name satisfies never;
  }
}

/** What waits for an object, as kubectl does it. */
export function waitLine({ object, until }: WaitFor): string {
  const kind = `${object.kind.toLowerCase()}${object.apiVersion.includes('/') && !object.apiVersion.startsWith('apps/') ? `.${object.apiVersion.slice(0, object.apiVersion.indexOf('/'))}` : ''}`;
  const where = object.namespace === undefined ? '' : ` --namespace ${quoted(object.namespace)}`;
  switch (until) {
    case 'Established':
      return `await --for=condition=Established --timeout=2m crd/${object.name}`;
    case 'Available':
      return `k rollout status --timeout=10m${where} ${kind}/${object.name}`;
    case 'Synced':
      return `await --for=jsonpath='{.status.sync.status}'=Synced --timeout=10m${where} ${kind}/${object.name}`;
    case 'Ready':
      return `await --for=condition=Ready --timeout=10m${where} ${kind}/${object.name}`;
    default:
      return until satisfies never;
  }
}

function secretLines({ name, secrets }: SecretsPhase): string[] {
  const title = name === 'secrets' ? '# 2. Secrets that can\'t be in Git, which the controller needs from the start' : '# 5. Secrets that can\'t be in Git, in the namespaces of apps and add-ons';
  if (secrets.length === 0) return [`${title}: none`];
  return [
    title,
    'missing=',
    ...secrets.map((secret) => `${found(secret)} || missing="$missing\n  ${secret.namespace}/${secret.name}: ${secret.bring.replace(/["$`\\]/g, '')}"`),
    name === 'secrets'
      ? '[ -z "$missing" ] || { echo "Bring these Secrets, then run this again:$missing" >&2; exit 1; }'
      : '[ -z "$missing" ] || echo "Still to bring, as soon as their namespaces are there:$missing"',
  ];
}

function found({ namespace, name, purpose, labels }: RequiredSecret): string {
  const selector = Object.entries(labels ?? {}).map(([key, value]) => `${key}=${value}`).join(',');
  // Any key that opens sealed secrets will do, whatever its name.
  return purpose === 'sealed-secrets-key' ? `[ -n "$(k get --namespace ${quoted(namespace)} secret --selector ${quoted(selector)} --output name)" ]` : `has ${quoted(namespace)} ${quoted(name)}`;
}

/** A word of a shell command, whatever it holds. */
export function quoted(text: string): string {
  return /^[\w@%+=:,./-]+$/.test(text) ? text : `'${text.replaceAll('\'', '\'\\\'\'')}'`;
}
