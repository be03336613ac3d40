import { describe, expect, it } from 'vitest';
import { ComponentUnavailable } from '../../lib/control-plane/build.ts';
import { hostProblems, withBuildAdvice } from '../../lib/dev/host.ts';
import { describeProblem } from '../../lib/values/errors.ts';

const fine = { platform: 'linux', go: 'go version go1.26.8 linux/amd64', gitServes: true };

describe('what this machine needs for a control plane', () => {
  it.each(['go version go1.26.0 linux/amd64', 'go version go1.27rc1 darwin/arm64', 'go version go2.0 linux/amd64', 'go version devel +5f2b1a2 linux/amd64'])('is there with %s', (go) => {
    expect(hostProblems({ ...fine, go })).toEqual([]);
  });

  it('says what it needs without Go, why, and how to get it', () => {
    const [problem, ...others] = hostProblems({ platform: 'linux', gitServes: true });
    expect(others).toEqual([]);
    expect(describeProblem(problem!)).toMatch(/^go: expected Go 1\.26 or newer on PATH, found none: .*without Docker[^]*fix: install it from https:\/\/go\.dev\/dl\//);
  });

  it('says which Go is too old', () => {
    expect(hostProblems({ ...fine, go: 'go version go1.22.3 linux/amd64\n' })[0]?.message).toContain('got "go version go1.22.3 linux/amd64"');
  });

  it('says everything that is missing at once', () => {
    expect(hostProblems({ platform: 'win32', gitServes: false }).map(({ where }) => where)).toEqual(['slipway dev', 'go', 'git']);
  });

  it('gives a component that can\'t be built a way on', () => {
    const told = withBuildAdvice(new ComponentUnavailable('etcd', 'cannot be built on this machine: go build ended with 1'));
    expect(told.message).toMatch(/^etcd: cannot be built on this machine: go build ended with 1\n {4}fix: .*GOPROXY/);
  });
});
