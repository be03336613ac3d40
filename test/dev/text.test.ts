import { describe, expect, it } from 'vitest';
import { unknownDefinitions } from '../../lib/dev/definitions.ts';
import { devPlace } from '../../lib/dev/place.ts';
import type { DevState } from '../../lib/dev/state.ts';
import { describeDev, describeDifferent } from '../../lib/dev/text.ts';

const place = devPlace('/home/ada/fleet');
const state: DevState = { version: 1, phase: 'up', pid: 1, cluster: 'dev', controller: 'flux', context: 'slipway-dev-dev', url: 'http://127.0.0.1:9/runtime.git', programs: [], addresses: {} };

describe('what a person is told of a local control plane', () => {
  it('names the kubeconfig, its context, what to look at and the three next commands', () => {
    const told = describeDev(place, state);
    for (const words of ['KUBECONFIG=/home/ada/fleet/.slipway/dev/kubeconfig', 'context slipway-dev-dev', 'kubectl get kustomizations,gitrepositories --namespace flux-system', 'no image is pulled', 'slipway publish --dev', 'slipway dev status', 'slipway dev down']) expect(told).toContain(words);
    expect(told).not.toContain('Argo CD\'s API');
  });

  it('names Argo CD\'s API and the way to its password, never the password', () => {
    const told = describeDev(place, { ...state, controller: 'argo-cd', addresses: { 'argocd-server': 'http://127.0.0.1:12345' } });
    expect(told).toContain('kubectl get applications --namespace argocd');
    expect(told).toContain('Argo CD\'s API: http://127.0.0.1:12345');
    expect(told).toContain('get secret argocd-initial-admin-secret');
  });

  it('tells another cluster or controller than the one that runs', () => {
    expect(describeDifferent(state, {})).toBeUndefined();
    expect(describeDifferent(state, { cluster: 'dev', controller: 'flux' })).toBeUndefined();
    expect(describeDifferent(state, { cluster: 'prod-eu' })).toBe('one for dev with flux, which runs');
    expect(describeDifferent(state, { controller: 'argo-cd' })).toBe('one for dev with flux, which runs');
  });

  it('tells the API groups whose definitions can\'t be had', () => {
    expect(unknownDefinitions(['gateway.networking.k8s.io', 'example.org/Widget', 'acme.example', 'example.org/Gadget'])).toEqual(['acme.example', 'example.org']);
  });
});
