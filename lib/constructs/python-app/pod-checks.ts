import { parseImageReference, tagProblem } from '../../values/image-reference.ts';
import type { ImagePin } from '../../model/context.ts';
import { fieldPath } from '../../model/schema.ts';
import type { Problem } from '../../values/errors.ts';
import { didYouMean } from '../../values/suggest.ts';
import { isPlusSecret, secretKeys } from '../secret-source.ts';
import { isConfigReference } from './config.ts';
import { isSecretKey } from './env.ts';
import { probeProblems } from './probe-checks.ts';
import { multiplyMounted, volumeProblems } from './volume-checks.ts';
import type { PodOptions } from './pod-options.ts';
import type { PodPlan } from './pod-plan.ts';
import type { PodProps } from './pod-props.ts';
import type { SoundProps } from './sound-props.ts';
import { variablesOf } from './secrets.ts';

type Sound = SoundProps<PodProps>;

/** What is wrong between the fields of a pod. */
export function podCheckProblems(sound: Sound, plan: PodPlan, options: PodOptions): Problem[] {
  return [
    ...processProblems(sound, options),
    ...portProblems(sound, plan),
    ...imageProblems(sound, options),
    ...variableProblems(sound, plan),
    ...secretKeyProblems(sound),
    ...volumeProblems(sound, plan),
    ...multiplyMounted(sound, plan),
    ...containerNameProblems(sound, options),
    ...accountProblems(sound),
    ...stopProblems(sound, plan),
    ...probeProblems(sound, plan),
  ];
}

function processProblems({ props, where }: Sound, options: PodOptions): Problem[] {
  const problems: Problem[] = [];
  for (const field of ['command', 'args'] as const) {
    if (props.server !== undefined && props[field] !== undefined) problems.push({ where: `${where}: ${field}`, message: 'expected a server or a command, got both', fix: `leave out ${field}, or server` });
  }
  if (props.size !== undefined && props.resources !== undefined) problems.push({ where: `${where}: size`, message: 'expected a size or resources, got both', fix: 'leave one out' });
  if ((options.commandPrefix?.length ?? 0) > 0 && props.server === undefined && props.command === undefined) {
    problems.push({ where: `${where}: tracing`, message: `expected a command for ${options.commandPrefix?.[0] ?? ''} to start, got the image's own entry point`, fix: 'say server or command, or use openTelemetryOperator()' });
  }
  return problems;
}

function portProblems({ props, where }: Sound, plan: PodPlan): Problem[] {
  const problems: Problem[] = [];
  const offset = plan.ports.length - (props.ports?.length ?? 0);
  for (const [index, port] of plan.ports.entries()) {
    if (index < offset) continue;
    const earlier = plan.ports.slice(0, index);
    const at = fieldPath(where, ['ports', index - offset]);
    if (earlier.some((each) => each.name === port.name)) problems.push({ where: `${at}.name`, message: `expected a name of its own, got ${JSON.stringify(port.name)} a second time`, fix: 'name it otherwise' });
    if (earlier.some((each) => each.port === port.port && (each.protocol ?? 'TCP') === (port.protocol ?? 'TCP'))) problems.push({ where: `${at}.port`, message: `expected a port of its own, got ${port.port} a second time`, fix: 'leave one out' });
  }
  return problems;
}

function imageProblems({ props, where }: Sound, options: PodOptions): Problem[] {
  const images: (readonly [string, ImagePin | string | undefined])[] = [
    ['image', props.image],
    ...(['initContainers', 'sidecars'] as const).flatMap((field) => (props[field] ?? []).map((container, index) => [`${field}[${index}].image`, container.image] as const)),
  ];
  return images.flatMap(([field, image]) => {
    const reference = typeof image === 'string' ? parseImageReference(image) : undefined;
    if (reference === undefined) return [];
    const moving = reference.tag === undefined ? undefined : tagProblem(reference.tag);
    if (moving !== undefined) return [{ where: `${where}: ${field}`, message: moving, fix: 'name a version that never moves' }];
    if (reference.tag !== undefined || reference.digest !== undefined || options.bare === true) return [];
    return [{ where: `${where}: ${field}`, message: `expected an image with a tag or a digest, got ${JSON.stringify(image)}`, fix: 'use one of the app\'s images (images.main), or name a version' }];
  });
}

/** A variable may come from one place only: which of two wins is nothing to guess. */
function variableProblems({ props, where }: Sound, plan: PodPlan): Problem[] {
  const owners = new Map<string, string>();
  const problems: Problem[] = [];
  const claim = (variable: string, owner: string, at: string): void => {
    const first = owners.get(variable);
    if (first === undefined) owners.set(variable, owner);
    else problems.push({ where: at, message: `expected ${variable} to be set once, got it from ${first} and from ${owner}`, fix: 'leave one out' });
  };
  for (const variable of Object.keys(props.env ?? {})) claim(variable, 'env', fieldPath(where, ['env', variable]));
  const config = props.config;
  if (config !== undefined) {
    for (const variable of isConfigReference(config) ? config.keys : Object.keys(config)) claim(variable, 'config', isConfigReference(config) ? `${where}: config` : fieldPath(where, ['config', variable]));
  }
  for (const [index, secret] of (props.secrets ?? []).entries()) {
    if (isPlusSecret(secret)) continue;
    for (const variable of Object.keys(variablesOf(secret))) claim(variable, `secret ${secret.name}`, fieldPath(where, ['secrets', index]));
  }
  for (const call of plan.calls) claim(call.env, `the call of ${call.target.app}`, `${where}: calls`);
  return problems;
}

function secretKeyProblems({ props, where }: Sound): Problem[] {
  const asked = [
    ...Object.entries(props.env ?? {}).flatMap(([variable, value]) => isSecretKey(value) ? [{ at: fieldPath(where, ['env', variable]), secret: value.secret, key: value.key }] : []),
    ...(props.secrets ?? []).flatMap((secret, index) => isPlusSecret(secret) || secret.env === undefined || secret.env === false
      ? []
      : Object.entries(secret.env).map(([variable, key]) => ({ at: fieldPath(where, ['secrets', index, 'env', variable]), secret, key }))),
  ];
  return asked.flatMap(({ at, secret, key }) => {
    const keys = secretKeys(secret);
    const unknowable = secret.kind === 'external' && secret.extract !== undefined;
    return unknowable || keys.includes(key) ? [] : [{ where: at, message: `expected a key of the secret ${secret.name}, got ${JSON.stringify(key)}.`, fix: `name one.${didYouMean(key, keys)}` }];
  });
}

function containerNameProblems({ props, where }: Sound, options: PodOptions): Problem[] {
  const taken = new Set([props.containerName ?? options.id]);
  return (['initContainers', 'sidecars'] as const).flatMap((field) => (props[field] ?? []).flatMap((container, index) => {
    const twice = taken.has(container.name);
    taken.add(container.name);
    return twice ? [{ where: `${where}: ${field}[${index}].name`, message: `expected a name of its own in the pod, got ${JSON.stringify(container.name)} a second time`, fix: 'name it otherwise' }] : [];
  }));
}

function accountProblems({ props, where }: Sound): Problem[] {
  const account = props.serviceAccount;
  if (account === undefined || account === false) return [];
  const said = [account.existing !== undefined && 'existing', account.of !== undefined && 'of', account.annotations !== undefined && 'annotations'].filter((field) => field !== false);
  return said.length < 2 ? [] : [{ where: `${where}: serviceAccount`, message: `expected an account of its own or another's, got ${said.join(' and ')}`, fix: 'keep one' }];
}

function stopProblems({ props, where }: Sound, plan: PodPlan): Problem[] {
  // A server checks the time that is left for it, and says more.
  if (props.stop === undefined || plan.process !== undefined || plan.graceSeconds === undefined || plan.preStopSeconds < plan.graceSeconds) return [];
  return [{
    where: `${where}: stop`,
    message: `expected the preStop delay to end before the pod is killed, got ${plan.preStopSeconds} s of ${plan.graceSeconds} s`,
    fix: 'raise graceSeconds',
  }];
}
