import type { Construct } from 'constructs';
import type { z } from 'zod';
import { describeValue } from '../../model/schema.ts';
import type { Problem } from '../../values/errors.ts';
import { AppChart } from '../app-chart.ts';
import { isPlainObject, propsProblems } from '../check-props.ts';
import { secretLiteralProblems } from './literals.ts';
import { podCheckProblems } from './pod-checks.ts';
import type { PodOptions } from './pod-options.ts';
import { planPod, type PodPlan } from './pod-plan.ts';
import type { PodProps } from './pod-props.ts';
import { soundProps, type SoundProps } from './sound-props.ts';

/**
 * Checks the props of a construct that has pods, all at once: every field by itself, then the fields that must fit each other. Answers the
 * plan of its pods; undefined when something was wrong, which is then noted on the chart.
 */
export function checkPod<P extends PodProps>(scope: Construct, schema: z.ZodType, props: P, optionsOf: (sound: Partial<P>) => PodOptions, more: (sound: SoundProps<P>, plan: PodPlan) => readonly Problem[] = () => []): PodPlan | undefined {
  const chart = AppChart.of(scope);
  const where = scope.node.path;
  if (!isPlainObject(props)) {
    chart.report(scope, `expected props, got ${describeValue(props)}`);
    return undefined;
  }
  const fieldProblems = propsProblems(schema, props, where);
  const sound = soundProps<P>(props, fieldProblems, where);
  const options = optionsOf(sound.props);
  const { plan, problems } = planPod(sound.props as Partial<PodProps>, options, chart, where);
  const found = [
    ...fieldProblems,
    ...problems,
    ...secretLiteralProblems(sound.props, where),
    ...podCheckProblems(sound as SoundProps<PodProps>, plan, options),
    ...more(sound, plan),
  ];
  chart.problems.push(...found);
  return found.length === 0 ? plan : undefined;
}
