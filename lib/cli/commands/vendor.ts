import { exitCodes, throwProblems } from '../../values/errors.ts';
import { updatePins, vendor as vendorUpstream, type VendorReport } from '../../upstream/vendor.ts';
import { loadWorkspace } from '../../workspace.ts';
import type { Output } from '../output.ts';
import { upstreamNeeds } from '../upstream-needs.ts';

/** What `slipway vendor` and `slipway pins update` take. */
export interface VendorOptions {
  /** A folder or URL that has the manifests, instead of upstream. @default - upstream's own URLs */
  readonly from?: string;
  /** URL of a mirror of the upstream URLs. @default - none */
  readonly mirror?: string;
}

/** Fetches the upstream manifests that the fleet uses, as the lock pins them. */
export async function vendor(options: VendorOptions, cwd: string, output: Output): Promise<number> {
  const needs = upstreamNeeds(await loadWorkspace(cwd, { pins: 'unchecked' }));
  return report(await vendorUpstream(cwd, needs, { ...options, cwd }), output);
}

/** Pins what the fleet uses and the lock doesn't pin yet, and fetches it. */
export async function pinsUpdate(options: VendorOptions, cwd: string, output: Output): Promise<number> {
  const needs = upstreamNeeds(await loadWorkspace(cwd, { pins: 'unchecked' }));
  return report(await updatePins(cwd, needs, { ...options, cwd }), output);
}

function report({ outcomes, problems }: VendorReport, output: Output): number {
  for (const { reference, outcome, sha256, place } of outcomes) {
    const what = `${reference.name} ${reference.version}`;
    output.say(outcome === 'there' ? `${what}: there already` : `${what}: ${outcome} from ${place ?? ''} (sha256 ${sha256})`);
  }
  if (outcomes.length === 0 && problems.length === 0) output.say('nothing to do');
  throwProblems(problems);
  return exitCodes.ok;
}
