import type { Analysis } from '../analysis/analysis.ts';
import type { DurationText } from '../../values/duration.ts';
import type {
  AnalyseStep, AnalysisUseSettings, CanaryScale, CanaryScaleStep, ExperimentOptions, ExperimentStep, HeaderRouteStep, MirrorMatch, MirrorRouteStep, PauseStep, PluginStep, HeaderMatch, WeightStep,
} from './options.ts';

/** The new version gets this share of the traffic, in percent: `weight(20)`. */
export function weight(percent: number): WeightStep {
  return { step: 'weight', weight: percent };
}

/** Waits, such as `pause('5m')`; without a duration until a person goes on. */
export function pause(duration?: DurationText): PauseStep {
  return { step: 'pause', ...(duration !== undefined && { duration }) };
}

/** Goes on once the analyses are content: `analyse(successRate(0.99))`. The last argument may say values for this use: `analyse(slow, { args: { limit: 2 } })`. */
export function analyse(...said: readonly [...Analysis[], Analysis | AnalysisUseSettings]): AnalyseStep {
  const last = said.at(-1);
  const settings = isSettings(last) ? last : undefined;
  return { step: 'analyse', ...settings, analyses: said.filter((each): each is Analysis => each !== settings) };
}

/** Sets the number of the new version's pods apart from its weight: `canaryScale({ replicas: 1 })`. Only with a traffic router. */
export function canaryScale(scale: CanaryScale): CanaryScaleStep {
  return { step: 'canary-scale', scale };
}

/** Requests with these headers go to the new version: `headerRoute('testers', { 'x-tester': 'yes' })`; without headers the route is removed again. */
export function headerRoute(name: string, headers: Readonly<Record<string, HeaderMatch>> = {}): HeaderRouteStep {
  return { step: 'header-route', name, headers };
}

/** A share of the matching requests goes to the new version as well: `mirrorRoute('reads', [{ method: 'GET' }], { percentage: 10 })`; without matches the route is removed again. */
export function mirrorRoute(name: string, matches: readonly MirrorMatch[] = [], options: { readonly percentage?: number } = {}): MirrorRouteStep {
  return { step: 'mirror-route', name, matches, ...options };
}

/** Runs versions beside each other and judges them: `experiment({ duration: '10m', versions: { baseline: { of: 'stable' }, canary: { of: 'canary' } }, analyses: { … } })`. */
export function experiment(options: ExperimentOptions): ExperimentStep {
  return { step: 'experiment', ...options };
}

/** A step of a plugin that the controller is configured with. */
export function pluginStep(name: string, config: Readonly<Record<string, unknown>> = {}): PluginStep {
  return { step: 'plugin', name, config };
}

/** Whatever else isn't an analysis is left to the check of the props. */
function isSettings(said: unknown): said is AnalysisUseSettings {
  return typeof said === 'object' && said !== null && !('kind' in said);
}
