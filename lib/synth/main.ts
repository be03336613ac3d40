// The app of cdk8s.yaml: renders apps/ and environments/ of the current folder into CDK8S_OUTDIR (default dist).
import { loadWorkspace } from '../workspace.ts';
import { ownSchemas } from './own-schemas.ts';
import { reportTo } from './report.ts';
import { synthesize } from './synthesize.ts';

process.exitCode = await reportTo(process.stderr, async (say) => {
  const fleet = await loadWorkspace(process.cwd());
  return synthesize(fleet, { outdir: process.env['CDK8S_OUTDIR'] ?? 'dist', root: process.cwd(), ...ownSchemas(process.cwd()) }, say);
});
