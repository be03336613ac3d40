import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { named, whyWithout } from '../harness/need.ts';
import { argoCdInstallManifest, argoRolloutsInstallManifest, fluxInstallManifest } from '../../../lib/control-plane/releases.ts';

const reason = await whyWithout('kustomize');
const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex');

describe.skipIf(reason)(named('upstream manifests', reason), () => {
  it.each([
    ['Argo CD 3.2.11', () => argoCdInstallManifest(), '6cdd269e07f27b50f9e481cc7e685443b26b79372001ff7868ff1543610417bd'],
    ['Argo CD 3.2.11, highly available', () => argoCdInstallManifest('3.2.11', 'ha'), '6f2ecbca976d88c2a615c019205df4c461119ef0f8a7dbc591c00fa10d045fdc'],
    ['Argo CD 3.2.6', () => argoCdInstallManifest('3.2.6'), '584d53e4155689b7ac7154f6e89206af8e9eae1db2e42784ca7d01bb122ceba8'],
    ['Argo Rollouts 1.10.1', argoRolloutsInstallManifest, 'be25242c55bab7650e0b845da11dbce811f7427deae367e224435e0d766ebe5a'],
    ['Flux 2.9.4', () => fluxInstallManifest(), '3f48a2aec0ae8df9e0a8331c9d8060e5b558c9f116218f51c91b2431b62f4e50'],
    ['Flux 2.9.4 with image automation', () => fluxInstallManifest({ imageAutomation: true }), 'a1e7419d8634a23e664839c472141939f9e590d0a1fb350864411c634a332d26'],
  ])('%s has the bytes that were known before', async (_, manifest, expected) => {
    expect(sha256(await manifest())).toBe(expected);
  });
});
