// The public API: what apps/ and environments/ import, and what a fleet that depends on the package imports. Nothing else is promised.

// What runs
export { defineApp, type AnyApp, type AppDefinition, type AppInput, type ProvidedInput, type ServiceEndpoint } from './model/app.ts';
export type { BuildContext, ClusterView, EnvironmentView, ImagePin, Select } from './model/context.ts';

// Where it runs
export { defineFleet, type FleetInput } from './model/fleet.ts';
export { defineEnvironment, type EnvironmentInput } from './model/environment.ts';
export { argoCd, defineCluster, flux, type ClusterInput, type FluxOptions, type KubernetesMinor, type Provider } from './model/cluster.ts';
export { defineRepository, type RepositoryInput } from './model/repository.ts';
export type { ResourcesInput, SizesInput } from './model/sizes.ts';
export type { FreezeInput } from './model/freeze.ts';

// Errors
export { SlipwayError, type Problem } from './values/errors.ts';
