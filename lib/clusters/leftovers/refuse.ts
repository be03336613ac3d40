import { describeProblem, SlipwayError } from '../../values/errors.ts';
import type { Leftover } from './leftover.ts';

/** The variable that lets what is found stay: read where the check runs, in the process of `pulumi destroy`. */
export const answerVariable = 'SLIPWAY_LEFT_BEHIND';

const goOn = `${answerVariable}=accept pulumi destroy`;

/** What the check needs. */
export interface RefuseOptions {
  /** Name of the cluster that is about to be deleted. */
  readonly cluster: string;
  /** The value of `SLIPWAY_LEFT_BEHIND`: `accept`, or nothing. @default - nothing */
  readonly answer?: string | undefined;
  /** Looks at the cluster. */
  look(): Promise<readonly Leftover[]>;
  /** Told what stays, where that was accepted. */
  tell(line: string): void;
}

/**
 * Stands between a cluster and its deletion while the cloud would keep, and bill, what the cluster made.
 *
 * @throws SlipwayError naming all of it, or why nobody can look, and how to go on
 */
export async function refuseLeftovers({ cluster, answer = '', look, tell }: RefuseOptions): Promise<void> {
  if (answer !== '' && answer !== 'accept') throw SlipwayError.of(answerVariable, `expected accept, or nothing, got ${JSON.stringify(answer)}`, goOn);
  const error = await found(cluster, look);
  if (error === undefined) return;
  if (answer === '') throw error;
  tell(`${answerVariable}=accept: cluster ${cluster} is deleted all the same`);
  for (const problem of error.problems.slice(0, -1)) tell(describeProblem({ where: problem.where, message: problem.message }));
}

/** What stands against the deletion: each thing, and at last the cluster with the way on. */
async function found(cluster: string, look: () => Promise<readonly Leftover[]>): Promise<SlipwayError | undefined> {
  try {
    const leftovers = await look();
    if (leftovers.length === 0) return undefined;
    return new SlipwayError([...leftovers.map(({ object, what }) => ({ where: object, message: `would leave behind ${what}` })), {
      where: `cluster ${cluster}`,
      message: `expected nothing that the cloud would keep and bill beyond the cluster, found ${leftovers.length === 1 ? '1 thing' : `${leftovers.length} things`}. Nothing was deleted`,
      fix: `take the apps and add-ons that made it out of Git, publish, wait until the controller has removed it (a claim that stays: kubectl delete pvc), and destroy again; or write down what is named here, which is then yours to remove, and let it stay: ${goOn}`,
    }]);
  } catch (error) {
    if (!(error instanceof SlipwayError)) throw error;
    return new SlipwayError([...error.problems, {
      where: `cluster ${cluster}`,
      message: 'expected to see what the cloud would keep and bill beyond the cluster, and can\'t look. Nothing was deleted',
      fix: `reach it from here (pulumi up --refresh renews a kubeconfig that has expired), and destroy again; or, where it is gone already or nothing is left, without a look: ${goOn}`,
    }]);
  }
}
