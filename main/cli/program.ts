import { Argument, Command, InvalidArgumentError, Option } from 'commander';
import { formatCommandLine as text } from '#main/services/messages.ts';
import { exportFormatSchema, splitSchema } from '#shared/protocol/engine.ts';
import { listTemplates, validate } from './commands/graphs.ts';
import { merge } from './commands/merge.ts';
import { evaluate, exportRun, predict } from './commands/runs.ts';
import { manageRuntimes, type RuntimeAction, runtimeActions } from './commands/runtimes.ts';
import { sample } from './commands/sample.ts';
import { serve } from './commands/serve.ts';
import { train } from './commands/train.ts';
import { type ExitCode, exitCodes } from './exitCodes.ts';
import { createOutput, type Output } from './output.ts';
import { MAX_SIDE } from './pngInput.ts';

/** The command line as data: `run` is called with the action of the command that was asked for. */
export function createProgram(
  version: string,
  run: (action: (output: Output) => Promise<ExitCode>, json: boolean) => Promise<void>,
): Command {
  const program = new Command('neuroloom')
    .description(text('about'))
    .version(version, '-V, --version', text('option-version'))
    .option('--lang <language>', text('option-language'))
    .helpOption('-h, --help', text('option-help'))
    .helpCommand('help [command]', text('command-help'))
    .configureHelp({ styleTitle: helpTitle })
    .showHelpAfterError(text('see-help'))
    .addHelpText('after', `\n${text('exit-codes', exitCodes)}\n${text('json-note')}`);

  /** Every command prints JSON lines on request; those that compute take an engine and a data folder. */
  const command = (spec: string, description: string) =>
    program
      .command(spec)
      .description(description)
      .helpOption('-h, --help', text('option-help'))
      .option('--json', text('option-json'), false)
      .allowExcessArguments(false);
  const withData = (spec: string, description: string) =>
    command(spec, description).option('--data-dir <dir>', text('option-data-dir'));
  const computing = (spec: string, description: string) =>
    withData(spec, description).addOption(
      new Option('--engine <engine>', text('option-engine')).choices(['native', 'webgpu', 'cpu']),
    );

  command('templates [id]', text('command-templates')).action((id: string | undefined, options) =>
    run((output) => listTemplates(id, output), options.json),
  );
  command('merge <base> <ours> <theirs> [path]', text('command-merge'))
    .addHelpText('after', `\n${text('merge-install')}`)
    .action((base: string, ours: string, theirs: string, path: string | undefined, options) =>
      run((output) => merge({ base, ours, theirs, path }, output), options.json),
    );
  computing('validate <graph>', text('command-validate'))
    .option('--explain', text('option-explain'), false)
    .option('--set <name=value>', text('option-set'), collect, [])
    .action((graph: string, options) => run((output) => validate(graph, options, output), options.json));
  computing('train [graph]', text('command-train'))
    .option('--epochs <n>', text('option-epochs'), count)
    .option('--steps <n>', text('option-steps'), count)
    .option('--seed <n>', text('option-seed'), seed)
    .option('--set <name=value>', text('option-set'), collect, [])
    .option('--out <dir>', text('option-train-out'))
    .option('--init <run>', text('option-init'))
    .option('--resume <dir>', text('option-resume'))
    .action((graph: string | undefined, options) =>
      run((output) => train(graph, options, output), options.json),
    );
  computing('evaluate <run>', text('command-evaluate'))
    .addOption(new Option('--data <split>', text('option-data')).choices(splitSchema.options).default('test'))
    .action((folder: string, options) => run((output) => evaluate(folder, options, output), options.json));
  computing('predict <run>', text('command-predict'))
    .requiredOption('--input <file...>', text('option-input'))
    .addHelpText(
      'after',
      `\n${text('predict-files', { side: String(MAX_SIDE), example: '{"image": [[0, 0.1, …], …]}' })}`,
    )
    .action((folder: string, options) => run((output) => predict(folder, options, output), options.json));
  computing('sample <run>', text('command-sample'))
    .option('--prompt <text>', text('option-prompt'), '\n')
    .option('--length <n>', text('option-length'), count, 400)
    .option('--temperature <t>', text('option-temperature'), temperature, 0.8)
    .option('--top-k <k>', text('option-top-k'), seed, 0)
    .option('--count <n>', text('option-count'), count, 25)
    .option('--class <n>', text('option-class'), seed)
    .option('--steps <n>', text('option-sample-steps'), count, 100)
    .option('--seed <n>', text('option-sample-seed'), seed, 1)
    .option('--out <file.png>', text('option-sample-out'), 'samples.png')
    .action((folder: string, options) => run((output) => sample(folder, options, output), options.json));
  computing('export <run>', text('command-export'))
    .addOption(
      new Option('--to <format>', text('option-to'))
        .choices(exportFormatSchema.options)
        .makeOptionMandatory(),
    )
    .requiredOption('--out <path>', text('option-export-out'))
    .action((folder: string, options) => run((output) => exportRun(folder, options, output), options.json));
  computing('runtimes', text('command-runtimes'))
    .addArgument(
      new Argument('[action]', text('argument-runtimes-action')).choices(runtimeActions).default('list'),
    )
    .argument('[target]', text('argument-runtimes-target'))
    .option('--manifest <file>', text('option-manifest'))
    .action((action: RuntimeAction, target: string | undefined, options) =>
      run((output) => manageRuntimes(action, target, options, output), options.json),
    );
  withData('serve', text('command-serve'))
    .option('--port <n>', text('option-port'), port)
    .option('--host <address>', text('option-host'))
    .option('--token <token>', text('option-token'))
    .option('--root <dir>', text('option-root'))
    .action((options) => run((output) => serve(options, output), options.json));
  return program;
}

/** Runs an action with the output that its options ask for. */
export const outputFor = (json: boolean): Output => createOutput(json, process.stdout, process.stderr);

/** Commander's titles, in our words. */
const helpTitles: Readonly<Record<string, Parameters<typeof text>[0]>> = {
  'Usage:': 'help-usage',
  'Arguments:': 'help-arguments',
  'Options:': 'help-options',
  'Commands:': 'help-commands',
};
function helpTitle(title: string): string {
  const key = helpTitles[title];
  return key === undefined ? title : text(key);
}

const MANY = 1_000_000_000;
const integer = (given: string, from: number, to: number): number => {
  const value = Number(given);
  if (/^\d+$/.test(given) && value >= from && value <= to) return value;
  const limits = { from: String(from), to: String(to) };
  throw new InvalidArgumentError(text(to === MANY ? 'expects-integer-from' : 'expects-integer', limits));
};
const count = (given: string) => integer(given, 1, MANY);
const seed = (given: string) => integer(given, 0, 2 ** 31 - 1);
const temperature = (given: string): number => {
  const value = Number(given);
  if (given.trim() !== '' && value >= 0 && value <= 10) return value;
  throw new InvalidArgumentError(text('expects-number', { from: '0', to: '10' }));
};
const port = (given: string) => integer(given, 0, 65_535);
const collect = (given: string, list: readonly string[]) => [...list, given];
