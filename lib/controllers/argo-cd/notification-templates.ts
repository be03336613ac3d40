import type { AlertEvent } from '../../model/alerts.ts';
import { alertLabels } from '../alert-scopes.ts';
import { argoCdNamespace } from './names.ts';

/** Go templates with sprig's functions, over the Application: what every text may name, whatever its status lacks so far. */
const variables = [
  '{{- $name := .app.metadata.name -}}',
  `{{- $cluster := index .app.metadata.labels "${alertLabels.cluster}" -}}`,
  `{{- $app := index .app.metadata.labels "${alertLabels.app}" | default "" -}}`,
  `{{- $environment := index .app.metadata.labels "${alertLabels.environment}" | default "" -}}`,
  '{{- $reason := dig "status" "operationState" "message" "" .app -}}',
  '{{- range dig "status" "conditions" (list) .app -}}{{- if eq .type "ComparisonError" -}}{{- $reason = .message -}}{{- end -}}{{- end -}}',
  '{{- $link := .context.argocdUrl | default "" -}}',
  '{{- if $link -}}{{- $link = printf "%s/applications/%s" $link $name -}}{{- end -}}',
  // The runtime commit of the last sync, else of the last comparison; an Application of several sources has a list of them.
  '{{- $revision := dig "status" "sync" "revision" "" .app -}}',
  '{{- with dig "status" "sync" "revisions" (list) .app -}}{{- $revision = first . -}}{{- end -}}',
  '{{- with dig "status" "operationState" "syncResult" "revision" "" .app -}}{{- $revision = . -}}{{- end -}}',
  '{{- with dig "status" "operationState" "syncResult" "revisions" (list) .app -}}{{- $revision = first . -}}{{- end -}}',
  '{{- $short := trunc 7 $revision -}}',
].join('');

/** What is told of an event, as expressions of a template: a title, and one sentence with what is known. */
const texts: Readonly<Record<AlertEvent, { readonly title: string; readonly text: string }>> = {
  deployed: { title: 'printf "%s on %s is deployed" $name $cluster', text: 'printf "%s on %s runs %s of the runtime repo and is healthy." $name $cluster $short' },
  drift: { title: 'printf "%s on %s differs from Git" $name $cluster', text: 'printf "%s on %s differs from %s of the runtime repo." $name $cluster $short' },
  'health-degraded': { title: 'printf "%s on %s is degraded" $name $cluster', text: 'printf "%s on %s is degraded at %s of the runtime repo." $name $cluster $short' },
  'rollout-aborted': {
    title: 'printf "A rollout of %s on %s was aborted" $name $cluster',
    text: 'printf "A rollout of %s on %s was aborted at %s of the runtime repo: the stable version serves. Revert the commit." $name $cluster $short',
  },
  'sync-failed': { title: 'printf "%s on %s can\'t be synced" $name $cluster', text: 'printf "%s of the runtime repo can\'t be applied to %s on %s: %s" $short $name $cluster $reason' },
};

/** The template of an event, as argocd-notifications-cm has it, with what each webhook posts. */
export function templateOf(event: AlertEvent, webhooks: Readonly<Record<string, object>>): object {
  const { title, text } = texts[event];
  return {
    message: `${variables}{{ ${text} }}{{ with $link }}\n{{ . }}{{ end }}`,
    email: { subject: `${variables}{{ ${title} }}` },
    ...(Object.keys(webhooks).length > 0 && { webhook: webhooks }),
  };
}

/** What a webhook gets: an event in the shape in which Flux posts its own, so that one receiver understands both. */
export function eventBody(event: AlertEvent): string {
  const { text } = texts[event];
  return [
    `${variables}{"involvedObject":{"apiVersion":"argoproj.io/v1alpha1","kind":"Application","name":{{ $name | toJson }},"namespace":"${argoCdNamespace}"},`,
    `"severity":"${event === 'deployed' ? 'info' : 'error'}","reason":"${event}","message":{{ ${text} | toJson }},"reportingController":"argocd-notifications-controller",`,
    '"metadata":{"app":{{ $app | toJson }},"cluster":{{ $cluster | toJson }},"environment":{{ $environment | toJson }},"link":{{ $link | toJson }},"revision":{{ $revision | toJson }}}}',
  ].join('');
}

/** What Microsoft Teams gets: an Adaptive Card in the envelope that incoming webhook workflows take. */
export function teamsBody(event: AlertEvent): string {
  const { title, text } = texts[event];
  return [
    `${variables}{"type":"message","attachments":[{"contentType":"application/vnd.microsoft.card.adaptive","content":{"type":"AdaptiveCard","version":"1.4","body":[`,
    `{"type":"TextBlock","size":"Large","weight":"Bolder","wrap":true,"color":"${event === 'deployed' ? 'Good' : 'Attention'}","text":{{ ${title} | toJson }}},`,
    `{"type":"TextBlock","wrap":true,"text":{{ ${text} | toJson }}}`,
    ']{{ with $link }},"actions":[{"type":"Action.OpenUrl","title":"Argo CD","url":{{ . | toJson }}}]{{ end }}}}]}',
  ].join('');
}

const state = (event: AlertEvent): string => (event === 'deployed' ? 'success' : 'failure');
/** The context of a commit status: the same whichever controller reports, and whatever a hub calls its member's Application. */
const context = '{{ if $app }}slipway/{{ $cluster }}/{{ $app }}-{{ $environment }}{{ else }}slipway/{{ $cluster }}/{{ $name }}{{ end }}';

/** A status of the runtime commit, by GitHub's REST API. */
export function statusRequest(event: AlertEvent, repository: string): object {
  const { title } = texts[event];
  return {
    method: 'POST',
    path: `${variables}/repos/${repository}/statuses/{{ $revision }}`,
    body: `${variables}{"state":"${state(event)}","context":"${context}","description":{{ ${title} | trunc 140 | toJson }}{{ with $link }},"target_url":{{ . | toJson }}{{ end }}}`,
  };
}
