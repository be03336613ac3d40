import { conformsToGitOpsController } from './gitops-controller.ts';
import { argoCdSubject, fluxSubject } from './subjects.ts';

conformsToGitOpsController('Argo CD', argoCdSubject);
conformsToGitOpsController('Flux', fluxSubject);
