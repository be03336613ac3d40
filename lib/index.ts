// The public API: what apps/ and environments/ import, and what a fleet that depends on the package imports. Nothing else is promised.

// What runs
export { defineApp, type AnyApp, type AppDefinition, type AppInput, type ProvidedInput, type ServiceEndpoint } from './model/app.ts';
export type { BuildContext, ClusterView, EnvironmentView, ImagePin, Select } from './model/context.ts';

// Where it runs
export { defineFleet, type FleetInput } from './model/fleet.ts';
export { defineEnvironment, type EnvironmentInput } from './model/environment.ts';
export { addOn, type AddOnInput, type AddOnName, type AddOnOptions, type AddOnResources } from './model/add-ons.ts';
export { gatewayApiPlugin, type GatewayApiPluginOptions, type RolloutsPluginInput } from './model/rollouts-plugins.ts';
export { defineCluster, type ClusterInput, type ControllerInput, type KubernetesMinor } from './model/cluster.ts';
export { ack, type AckNodePoolInput, type AckOptions } from './model/infrastructure/ack.ts';
export { doks, type DoksMaintenance, type DoksOptions } from './model/infrastructure/doks.ts';
export { eks, type EksNodePoolInput, type EksOptions } from './model/infrastructure/eks.ts';
export { existing, type ExistingOptions } from './model/infrastructure/existing.ts';
export { alibabaCloud, awsCloud, digitalOceanCloud, type AlibabaCloudOptions, type AwsCloudOptions, type CloudInput, type DigitalOceanCloudOptions } from './model/delivery/clouds.ts';
export { defineDelivery, type AppDeliveryInput, type DeliveryInput } from './model/delivery/delivery.ts';
export { imageRepository, type ImageRepositoryInput, type ImageRepositoryOptions } from './model/delivery/images.ts';
export { codeCommit, codePipeline, githubActions, gitlabCi, type CodeCommitInput, type CodeCommitOptions, type CodePipelineOptions, type GithubActionsOptions, type GitlabCiOptions, type PipelineInput } from './model/delivery/pipelines.ts';
export type { Provider, ProviderInput } from './model/infrastructure/infrastructure.ts';
export type { NodePoolInput, NodeTaint } from './model/infrastructure/node-pool.ts';
export { defineExternalApp, git, helm, type ExternalAppDefinition, type ExternalAppInput, type ExternalDestination, type ExternalSourceInput, type GitChartOptions, type GitSourceOptions, type HelmSourceOptions } from './model/external-app.ts';
export type { TeamInput } from './model/team.ts';
export type { HubCredentialInput } from './model/hub-credential.ts';
export { applicationSet, type ApplicationSetInput, type GeneratedApplicationInput } from './model/argo-cd/application-set.ts';
export type { ArgoCdDeliveryOptions } from './model/argo-cd/delivery.ts';
export type { GeneratorInput, PlainGeneratorInput } from './model/argo-cd/generators.ts';
export type { SyncWindowInput } from './model/argo-cd/sync-windows.ts';
export { argoCd, type ArgoCdOptions } from './model/argo-cd-options.ts';
export type { ArgoCdUiOptions } from './model/argo-cd/access.ts';
export type { ArgoCdComponentsOptions } from './model/argo-cd/components.ts';
export type { ArgoCdRbacOptions, RbacRoleInput } from './model/argo-cd/rbac.ts';
export type { ArgoCdCustomizationInput, ArgoCdResourcesOptions } from './model/argo-cd/resources.ts';
export type { FromSecret } from './model/argo-cd/secret-key.ts';
export type { ArgoCdSsoOptions, DexConnectorInput } from './model/argo-cd/sso.ts';
export { flux, type FluxImagesOptions, type FluxOptions, type FluxSopsOptions, type FluxVerifyOptions } from './model/flux-options.ts';
export type { FluxComponentOptions, FluxComponentsOptions, FluxPlacementOptions, FluxReplicatedOptions } from './model/flux/components.ts';
export type { FluxReceiverInput } from './model/flux/receivers.ts';
export { defineRepository, type RepositoryInput } from './model/repository.ts';
export type { ResourcesInput, SizesInput } from './model/sizes.ts';
export type { FreezeInput } from './model/freeze.ts';

// Who is told, what is watched, and which images are taken by themselves
export { email, githubCommitStatus, msTeams, slack, webhook, type AlertEvent, type AlertInput, type AlertOptions, type EmailOptions, type GithubCommitStatusOptions, type SlackOptions } from './model/alerts.ts';
export { newestBuild, newestTag, newestVersion, type ImageAutomationInput, type NewestInput, type NewestTagOptions, type NewestVersionOptions, type SampleTags } from './model/image-automation.ts';
export type { MonitoringOptions } from './model/monitoring.ts';

// A Python app and its companions
export { PythonApp } from './constructs/python-app/python-app.ts';
export type { BareProps, CommonProps, ProductionProps, PythonAppProps } from './constructs/python-app/props.ts';
export { CeleryBeat, type CeleryBeatProps } from './constructs/companions/celery-beat.ts';
export { CeleryWorker, type CeleryWorkerProps } from './constructs/companions/celery-worker.ts';
export { DatabaseMigration, type DatabaseMigrationProps } from './constructs/companions/database-migration.ts';
export { RqWorker, type RqWorkerProps } from './constructs/companions/rq-worker.ts';
export { ScheduledTask, type ScheduledTaskProps } from './constructs/companions/scheduled-task.ts';

// How new versions reach users
export { canary, type BackgroundOptions, type CanaryOptions } from './constructs/rollout/canary-options.ts';
export { blueGreen, type BlueGreenOptions } from './constructs/rollout/blue-green-options.ts';
export type { RolloutOptions } from './constructs/rollout/rollout-options.ts';
export { fromDeployment, toDeployment, type FromDeploymentOptions, type ScaleDown } from './constructs/rollout/migration-options.ts';
export type { AnalysisUse, AnalysisUseOptions, CanaryStep, ExperimentOptions, HeaderMatch, MirrorMatch, RolloutMetadata } from './constructs/rollout/options.ts';
export { analyse, canaryScale, experiment, headerRoute, mirrorRoute, pause, pluginStep, weight } from './constructs/rollout/steps.ts';

// What shares traffic between versions
export { alb, type AlbInput } from './constructs/traffic/alb.ts';
export { byPods } from './constructs/traffic/pods/pods.ts';
export { gatewayApi, type GatewayApiInput } from './constructs/traffic/gateway-api/options.ts';
export { istio, type IstioInput } from './constructs/traffic/istio/options.ts';
export { nginx, type NginxInput } from './constructs/traffic/nginx.ts';
export { traefik, type TraefikInput } from './constructs/traffic/traefik/options.ts';
export type { TrafficRouter } from './constructs/traffic/routers.ts';

// Servers
export { command, type CommandOptions } from './constructs/servers/command.ts';
export { gunicorn, type GunicornOptions } from './constructs/servers/gunicorn.ts';
export { hypercorn, type HypercornOptions } from './constructs/servers/hypercorn.ts';
export { tornado, type TornadoOptions } from './constructs/servers/tornado.ts';
export { uvicorn, type UvicornOptions } from './constructs/servers/uvicorn.ts';
export type { HealthCheck, Server } from './constructs/servers/server.ts';

// Secrets, always by reference
export { existingSecret } from './constructs/existing-secret.ts';
export { externalSecret, type ExternalSecretOptions } from './constructs/secret-external.ts';
export { sealedSecret, type SealedSecretOptions } from './constructs/secret-sealed.ts';
export { secretKey } from './constructs/secret-source.ts';
export { sopsSecret, type EncryptedSecret } from './constructs/secret-sops.ts';

// Environment variables, volumes, and what exists without Git
export { configMapKey, fieldRef, resourceFieldRef } from './constructs/python-app/env.ts';
export { claimTemplate, configMapFiles, emptyDir, existingClaim, hostPath, plusVolume, projected, secretFiles } from './constructs/python-app/volumes.ts';
export { existingConfigMap, existingServiceAccount, existingVolumeClaim } from './constructs/existing-objects.ts';
export { call } from './constructs/python-app/calls.ts';

// Ways in
export { clusterIp, headless, loadBalancer, nodePort, type ServiceOptions } from './constructs/network/service-options.ts';
export { alibabaClb, alibabaNlb } from './constructs/network/clouds/alibaba.ts';
export { awsNlb } from './constructs/network/clouds/aws.ts';
export { digitalOcean } from './constructs/network/clouds/digital-ocean.ts';
export { httpRoute, type HttpRouteInput } from './constructs/network/http-route-options.ts';
export { redirectTo, requestHeaders, responseHeaders, rewriteTo } from './constructs/network/http-filters.ts';
export { ingress, type IngressInput } from './constructs/network/ingress-options.ts';
export { weightedDns } from './constructs/network/weighted-dns.ts';

// Scaling
export { autoscale, externalMetric, objectMetric, podsMetric, type AutoscaleOptions } from './constructs/scaling/autoscale-options.ts';

// Observability
export { openTelemetry, openTelemetryOperator } from './constructs/observability/open-telemetry-options.ts';
export { djangoPrometheus, fastapiInstrumentator, flaskExporter, openTelemetryHttp, starletteExporter, type HttpMetrics } from './constructs/observability/http-metrics.ts';
export { prometheus, type PrometheusOptions } from './constructs/observability/prometheus-options.ts';

// How a new version is judged
export { analysis, existingAnalysis, type Analysis, type AnalysisFact, type AnalysisOptions, type ArgumentValue, type ExistingAnalysis, type MetricOptions, type OwnAnalysis } from './constructs/analysis/analysis.ts';
export { AnalysisTemplate, ClusterAnalysisTemplate, type AnalysisTemplateProps } from './constructs/analysis/analysis-template.ts';
export { jobRun, type JobRunOptions } from './constructs/analysis/job/options.ts';
export { kayentaScore, type KayentaScoreOptions } from './constructs/analysis/kayenta/options.ts';
export { prometheusQuery, type PrometheusQueryOptions } from './constructs/analysis/prometheus/options.ts';
export type { RequestMetrics, RequestQuery } from './constructs/analysis/prometheus/request-query.ts';
export { httpCheck, type HttpCheckOptions } from './constructs/analysis/ready-made/http-check.ts';
export { kayentaJudge, type KayentaJudgeOptions } from './constructs/analysis/ready-made/kayenta-judge.ts';
export { latency, type LatencyOptions } from './constructs/analysis/ready-made/latency.ts';
export type { RequestAnalysisOptions } from './constructs/analysis/ready-made/request-analysis.ts';
export { envoyGatewayMetrics, ingressNginxMetrics, istioMetrics, podMetrics } from './constructs/analysis/ready-made/request-metrics.ts';
export { smokeTest, type SmokeTestOptions } from './constructs/analysis/ready-made/smoke-test.ts';
export { successRate } from './constructs/analysis/ready-made/success-rate.ts';
export { wavefrontQuery } from './constructs/analysis/wavefront/options.ts';
export { webRequest, type WebRequestOptions } from './constructs/analysis/web/options.ts';

// Any other object
export { Manifest } from './constructs/manifest.ts';
export { AppChart } from './constructs/app-chart.ts';

// Errors
export { SlipwayError, type Problem } from './values/errors.ts';
