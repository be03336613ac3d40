// The only place that reads argv, prints, and exits. Each verb's code is loaded when it is called.
import { Command, Option } from 'commander';
import packageJson from '../../package.json' with { type: 'json' };
import { reportTo } from '../synth/report.ts';
import { exitCodes } from '../values/errors.ts';
import type { MoveOptions } from './commands/move.ts';
import type { RolloutSimulateOptions } from './commands/rollout-simulate-options.ts';
import type { StatusOptions } from './commands/status.ts';
import type { Output } from './output.ts';

const output: Output = {
  print: (text) => void process.stdout.write(text.endsWith('\n') ? text : `${text}\n`),
  say: (line) => void process.stderr.write(`${line}\n`),
  // A terminal shows the newest state alone; a file or a pipe gets one after the other.
  redraw: () => void process.stdout.write(process.stdout.isTTY ? '\u001b[H\u001b[2J' : '\n'),
};

function collect(value: string, earlier: readonly string[] = []): string[] {
  return [...earlier, value];
}

function share(text: string): number {
  const percent = /^(\d+(?:\.\d+)?)%$/.exec(text);
  return percent === null ? Number(text) : Number(percent[1]) / 100;
}

/** Runs a verb and sets the exit code. */
function run<Options>(load: () => Promise<(options: Options, cwd: string, output: Output) => Promise<number>>): (options: Options) => Promise<void> {
  return async (options) => {
    process.exitCode = await reportTo(process.stderr, async () => (await load())(options, process.cwd(), output));
  };
}

const environmentOption = ['-e, --environment <name>', 'only this environment (may be repeated); default: all', collect] as const;

const program = new Command('slipway')
  .description('Renders typed Python apps into a runtime repo that Argo CD or Flux follows.')
  .version(packageJson.version)
  // Commander says 1 for bad usage; with us that is 2.
  .exitOverride((error) => process.exit(error.exitCode === 0 ? exitCodes.ok : exitCodes.error))
  .showHelpAfterError('(slipway --help lists the commands)')
  .addHelpText('after', '\nExit codes: 0 done, or nothing to do; 1 a difference (plan), an error finding (validate) or something that isn\'t well (status); 2 bad input, a refusal, or a failing tool.');

program.command('synth')
  .description('render every environment into a folder, for people, kustomize and CI (`cdk8s synth` does the same)')
  .option(...environmentOption)
  .option('-o, --output <folder>', 'folder to write', 'dist')
  .action(run(async () => (await import('./commands/synth.ts')).synth));

program.command('validate')
  .description('render and check everything offline: schemas, references between objects, waivers')
  .option(...environmentOption)
  .addOption(new Option('--format <format>', 'how to print the findings').choices(['text', 'json', 'sarif']).default('text'))
  .action(run(async () => (await import('./commands/validate.ts')).validate));

function publishing(command: Command): Command {
  return command
    .option(...environmentOption)
    .option('--wave <number>', 'only up to this wave of the environment\'s clusters (promotion.waves), counted from 1; default: all clusters', Number)
    .addOption(new Option('--dev', 'to the control plane that `slipway dev up` started, as that has the fleet: its cluster, its controller, its runtime repo').conflicts(['repo', 'branch', 'pullRequest', 'wave']))
    .option('--repo <url>', 'runtime repo (any Git URL or path); default: the one that the fleet names, else the embedded one in .slipway/')
    .option('--branch <name>', 'branch to write; default: the repository\'s in the fleet, else main; with --pull-request the branch of the pull request')
    .option('--adopt <path>', 'take over a file that was edited by hand or that Slipway didn\'t write (may be repeated)', collect)
    .option('--allow-removal <kind/name>', 'let this PersistentVolumeClaim, Namespace, workload or CustomResourceDefinition be removed (may be repeated)', collect)
    .option('--accept-source <commit>', 'count this recorded source commit as older although it is no ancestor, such as after a rewritten history (may be repeated)', collect)
    .option('--max-removal <share>', 'largest share of files that may be removed, such as 20%', share);
}

publishing(program.command('plan'))
  .description('print what publish would change; exits 1 when it would change anything')
  .addOption(new Option('--format <format>', 'how to print the plan').choices(['text', 'json']).default('text'))
  .action(run(async () => (await import('./commands/plan.ts')).plan));

publishing(program.command('publish'))
  .description('render afresh and commit the files to the runtime repo')
  .option('--pull-request', 'push to a branch and open a pull request, whatever the environment\'s approval says')
  .option('--override-freeze <reason>', 'publish although the environment is frozen; the reason goes into the commit message')
  .action(run(async () => (await import('./commands/publish.ts')).publish));

program.command('pin')
  .description('write image versions into an environment\'s pins, tag and digest together, every other byte kept; hold an image, or leave it to image automation')
  .argument('<environment>')
  .argument('[image=version...]', 'such as storefront=1.4.2@sha256:…')
  .option('--automate <image>', 'let image automation write it: sets Flux\'s markers, ends a hold (may be repeated)', collect)
  .option('--hold <image>', 'keep it where it is: removes the markers, so that nothing but this verb changes it (may be repeated)', collect)
  .option('--reason <text>', 'why it is held, for whoever reads the pins')
  .action(async (environment: string, images: string[], options: { readonly automate?: string[]; readonly hold?: string[]; readonly reason?: string }) => run<object>(async () => {
    const { pin } = await import('./commands/pin.ts');
    return (_, cwd, to) => pin({ environment, images, ...options }, cwd, to);
  })({}));

program.command('status')
  .description('how what is deployed is doing, by what the controllers and the clusters say; exits 0 when all is well, 1 when something isn\'t, 2 when something couldn\'t be asked')
  .argument('[app]', 'only this app, with its objects')
  .option('-c, --cluster <name>', 'only this cluster (may be repeated); default: all', collect)
  .option(...environmentOption)
  .addOption(new Option('--format <format>', 'how to print it').choices(['text', 'json']).default('text'))
  .option('--kubeconfig <file>', 'default: what kubectl itself finds')
  .option('--context <name>', 'default: the context that has the cluster\'s name; of a single cluster also the current one')
  .option('--refresh', 'ask the controllers to look at Git now')
  .option('--watch', 'show every change until it is interrupted')
  .action(async (app: string | undefined, options: Omit<StatusOptions, 'app' | 'colour'>) => run<object>(async () => {
    const { status } = await import('./commands/status.ts');
    const colour = process.stdout.isTTY && (process.env['NO_COLOR'] ?? '') === '';
    return (_, cwd, to) => status({ ...options, colour, ...(app !== undefined && { app }) }, cwd, to);
  })({}));

program.command('move')
  .description('say in which order an app goes from one cluster to another without a moment in which nothing serves it, one commit for each step, and which is next; changes nothing')
  .argument('<app>')
  .requiredOption('-e, --environment <name>', 'the environment in which it moves')
  .requiredOption('--from <cluster>', 'the cluster that it leaves')
  .requiredOption('--to <cluster>', 'the cluster to which it goes')
  .addOption(new Option('--format <format>', 'how to print it').choices(['text', 'json']).default('text'))
  .action(async (app: string, options: Omit<MoveOptions, 'app'>) => run<object>(async () => {
    const { move } = await import('./commands/move.ts');
    return (_, cwd, to) => move({ ...options, app }, cwd, to);
  })({}));

program.command('rollout')
  .description('what concerns progressive delivery')
  .command('simulate')
  .description('play the rollout of a new version by the rendered Rollout and AnalysisTemplates; exits 0 when it is promoted or waits for a person as its steps say, 1 when it is stopped')
  .argument('<app>')
  .requiredOption('-e, --environment <name>', 'the environment')
  .option('--rollout <name>', 'default: the app\'s only Rollout')
  .option('--trace <file.csv>', 'measurements of a recorded rollout: seconds,<metric>,…; default: made-up ones')
  .option('--fault <name>', 'a fault of the new version: error-spike, flapping, latency-step, no-data, no-start, slow-leak; default: none')
  .option('--onset <duration>', 'when the fault begins; default: 1m')
  .addOption(new Option('--first', 'the app\'s first version: its steps are skipped').conflicts('rollback'))
  .option('--rollback <revisions>', 'it goes back by so many revisions, which may skip the steps; default: a new version', Number)
  .option('--runs <count>', 'also play this many seeded traces and say how often a healthy version is stopped and a bad one let through', Number)
  .option('--seed <number>', 'default: 1', Number)
  .option('--pod-start <duration>', 'how long new pods take until they serve; default: 30s')
  .option('--person <duration>', 'how long a person takes where the steps wait for one; default: it ends there')
  .option('--requests <rate>', 'requests a second of the whole app, for how many the new version gets; default: 100', Number)
  .addOption(new Option('--format <format>', 'how to print it').choices(['text', 'json', 'svg']).default('text'))
  .action(async (app: string, options: Omit<RolloutSimulateOptions, 'app'>) => run<object>(async () => {
    const { rolloutSimulate } = await import('./commands/rollout-simulate.ts');
    return (_, cwd, to) => rolloutSimulate({ ...options, app }, cwd, to);
  })({}));

program.command('rebuild')
  .description('print what has to be applied to an empty cluster to get it back from the runtime repo, and the Secrets that Git can\'t hold; applies nothing')
  .argument('<cluster>')
  .addOption(new Option('--format <format>', 'how to print it').choices(['text', 'json']).default('text'))
  .addOption(new Option('--script', 'print a shell script that does it with git and kubectl alone').conflicts('format'))
  .action(async (cluster: string, options: { readonly format: 'text' | 'json'; readonly script?: boolean }) => run<object>(async () => {
    const { rebuild } = await import('./commands/rebuild.ts');
    return (_, cwd, to) => rebuild({ cluster, ...options }, cwd, to);
  })({}));

const dev = program.command('dev').description('a control plane on this machine, without Docker and cloud: the API server, a controller, and the workspace delivered to it');

dev.command('up')
  .description('start it, publish the workspace to a runtime repo of its own, bring the apps up; it stays when the command ends')
  .option('-c, --cluster <name>', 'the cluster of the fleet for which it stands; default: the first of the first environment')
  .addOption(new Option('--controller <kind>', 'default: the one that the cluster has').choices(['argo-cd', 'flux']))
  .action(run(async () => (await import('./commands/dev-up.ts')).devUp));

dev.command('status')
  .description('what runs, and how the apps are; exits 0 when all is well, 1 when nothing runs or something isn\'t well, 2 when it couldn\'t be asked')
  .addOption(new Option('--format <format>', 'how to print it').choices(['text', 'json']).default('text'))
  .action(run(async () => {
    const { showDevStatus } = await import('./commands/dev-status.ts');
    const colour = process.stdout.isTTY && (process.env['NO_COLOR'] ?? '') === '';
    return (options: { readonly format: 'text' | 'json' }, cwd: string, to: Output) => showDevStatus({ ...options, colour }, cwd, to);
  }));

dev.command('down')
  .description('end all of it and remove what belongs to it')
  .action(run(async () => (await import('./commands/dev-down.ts')).devDown));

dev.command('supervise', { hidden: true })
  .requiredOption('--folder <path>')
  .requiredOption('--cluster <name>')
  .requiredOption('--controller <kind>')
  .action(run(async () => (await import('./commands/dev-supervise.ts')).devSupervise));

function fetching(command: Command): Command {
  return command
    .option('--from <folder|url>', 'take them from a folder or URL that has <name>-<version>/<file>; default: upstream\'s own URLs')
    .option('--mirror <url>', 'take them from a mirror that has the upstream URLs as <host>/<path>');
}

fetching(program.command('vendor'))
  .description('fetch the upstream manifests (controllers, add-ons) that the fleet uses, each checked by the sha256 in environments/upstream.lock.yaml')
  .action(run(async () => (await import('./commands/vendor.ts')).vendor));

fetching(program.command('pins').description('the pins of upstream manifests, in environments/upstream.lock.yaml')
  .command('update'))
  .description('pin what the fleet uses and has no sha256 yet: get its bytes, record their hash and where they were had')
  .action(run(async () => (await import('./commands/vendor.ts')).pinsUpdate));

await program.parseAsync();
