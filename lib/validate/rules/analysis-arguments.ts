import { compareText } from '../../values/errors.ts';
import { didYouMean } from '../../values/suggest.ts';
import { argumentMeanings, declaredArguments } from '../rollouts/arguments.ts';
import type { KnownUse } from '../rollouts/analysis-book.ts';
import { fieldPathProblem } from '../rollouts/field-path.ts';
import type { FleetReport, FleetRule } from '../rule.ts';
import { record, text } from '../schemas/plain.ts';

/** An argument that nobody gives stops the analysis when it starts; one that no template has is ignored without a word. */
export const analysisArguments: FleetRule = {
  id: 'analysis-arguments',
  scope: 'fleet',
  severity: 'error',
  title: 'A Rollout gives its analyses the arguments that their templates ask for, and no others',
  fix: 'give the argument under args, or a value in the template',
  check(index, report) {
    for (const known of index.analyses.uses()) {
      checkSources(known, report);
      // What others make is known to them alone.
      if (known.missing.length === 0 && known.templates.length > 0) checkNames(known, report);
    }
  },
};

function checkNames(known: KnownUse, report: FleetReport): void {
  const { user, use, templates } = known;
  const given = new Set(use.given.map(({ name }) => name));
  const declared = templates.flatMap(({ value }) => declaredArguments(value));
  const names = templates.map(({ kept }) => kept.landed.name).join(', ');
  const open = [...argumentMeanings(known)].flatMap(([name, { kind }]) => (kind === 'open' ? [name] : []));
  // In the background every template is looked at alone: what another one says doesn't count.
  const alone = use.place === 'background' ? declared.flatMap((arg) => (arg.open ? [arg.name] : [])) : [];
  for (const name of [...new Set([...open, ...alone])].filter((each) => !given.has(each)).sort(compareText)) {
    report(user.kept, { field: `${use.field}.args`, message: `expected a value for the argument ${JSON.stringify(name)} of ${names}, got none` });
  }
  for (const { name, field } of use.given) {
    if (!declared.some((arg) => arg.name === name)) report(user.kept, { field: `${field}.name`, message: `expected an argument that ${names} declares, got ${JSON.stringify(name)}.${didYouMean(name, declared.map((arg) => arg.name))}` });
  }
}

/** Where an argument takes its value from is there. */
function checkSources({ user, use }: KnownUse, report: FleetReport): void {
  for (const { valueFrom, field } of use.given) {
    const hash = valueFrom?.['podTemplateHashValue'];
    if (hash !== undefined && hash !== 'Latest' && hash !== 'Stable') {
      report(user.kept, { field: `${field}.valueFrom.podTemplateHashValue`, message: `expected Latest or Stable, got ${JSON.stringify(hash)}: the argument would be empty`, fix: 'write Latest for the new version, Stable for the running one' });
    }
    const path = text(record(valueFrom, 'fieldRef'), 'fieldPath');
    const problem = path === undefined ? undefined : fieldPathProblem(path, user.value);
    if (problem !== undefined) report(user.kept, { field: `${field}.valueFrom.fieldRef.fieldPath`, message: problem, fix: 'name a field of the Rollout that has a value' });
  }
}
