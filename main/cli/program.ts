import { Command, InvalidArgumentError, Option } from 'commander';
import { exportFormatSchema, splitSchema } from '#shared/protocol/engine.ts';
import { listTemplates, validate } from './commands/graphs.ts';
import { evaluate, exportRun, predict } from './commands/runs.ts';
import { listRuntimes } from './commands/runtimes.ts';
import { serve } from './commands/serve.ts';
import { train } from './commands/train.ts';
import { type ExitCode, exitCodes } from './exitCodes.ts';
import { createOutput, type Output } from './output.ts';

/** The command line as data: `run` is called with the action of the command that was asked for. */
export function createProgram(
  version: string,
  run: (action: (output: Output) => Promise<ExitCode>, json: boolean) => Promise<void>,
): Command {
  const program = new Command('neuroloom')
    .description('Wire neural networks as graphs, train them natively, take the model away.')
    .version(version)
    .showHelpAfterError('(neuroloom --help lists the commands)')
    .addHelpText(
      'after',
      `
Exit codes: ${exitCodes.done} done · ${exitCodes.input} the input is wrong · ${exitCodes.usage} usage · ${exitCodes.runtime} the engine failed · ${exitCodes.interrupted} interrupted, after a checkpoint
With --json every line of standard output is one JSON object; logs go to standard error.`,
    );

  /** Every command prints JSON lines on request; those that compute take an engine and a data folder. */
  const command = (spec: string, description: string) =>
    program
      .command(spec)
      .description(description)
      .option('--json', 'print one JSON object per line', false)
      .allowExcessArguments(false);
  const withData = (spec: string, description: string) =>
    command(spec, description).option(
      '--data-dir <dir>',
      "the folder with runs and runtimes (default: the platform's)",
    );
  const computing = (spec: string, description: string) =>
    withData(spec, description).addOption(
      new Option('--engine <engine>', 'which engine computes (default: the best that works)').choices([
        'native',
        'webgpu',
        'cpu',
      ]),
    );

  command('templates [id]', "list the templates, or print one template's graph as JSON").action(
    (id: string | undefined, options) => run((output) => listTemplates(id, output), options.json),
  );
  command('validate <graph>', 'print the problems of a graph: place, both shapes, fix').action(
    (graph: string, options) => run((output) => validate(graph, output), options.json),
  );
  computing('train [graph]', 'train a graph: a .neuroloom.json file or the id of a template')
    .option('--epochs <n>', 'times that all training samples are seen', count)
    .option('--steps <n>', 'end after this many steps of the whole run', count)
    .option('--seed <n>', 'seed of weights, order and dropout', seed)
    .option(
      '--set <node.param=value>',
      'change a parameter of a node (or training.…); may be repeated',
      collect,
      [],
    )
    .option('--out <dir>', 'put the run into this folder, which must be empty or new')
    .option(
      '--resume <dir>',
      'go on with the run in this folder (or with this id) from its newest checkpoint',
    )
    .action((graph: string | undefined, options) =>
      run((output) => train(graph, options, output), options.json),
    );
  computing('evaluate <run>', 'metrics and confusion matrix of a run (its folder or id)')
    .addOption(new Option('--data <split>', 'which samples').choices(splitSchema.options).default('test'))
    .action((folder: string, options) => run((output) => evaluate(folder, options, output), options.json));
  computing('predict <run>', "the network's answers to samples in files")
    .requiredOption('--input <file...>', 'PNG pictures or JSON files, see below')
    .addHelpText(
      'after',
      `
A PNG is a picture of a digit, dark on light or light on dark, of any size up to 4096×4096.
A JSON file holds the numbers of one or more samples, nested or flat: for MNIST 28×28 numbers from 0 (black)
to 1 (white), either alone or by port: {"image": [[0, 0.1, …], …]}.`,
    )
    .action((folder: string, options) => run((output) => predict(folder, options, output), options.json));
  computing('export <run>', "write a run's network for other programs")
    .addOption(
      new Option('--to <format>', 'format').choices(exportFormatSchema.options).makeOptionMandatory(),
    )
    .requiredOption('--out <path>', 'folder (savedmodel) or file (safetensors) to write')
    .action((folder: string, options) => run((output) => exportRun(folder, options, output), options.json));
  computing('runtimes', 'the runtime packs on this machine, and the engine that is picked').action(
    (options) => run((output) => listRuntimes(options, output), options.json),
  );
  withData('serve', 'the app in a browser: prints its address and serves until Ctrl+C')
    .option('--port <n>', 'port (default: a free one)', port)
    .option('--host <address>', 'address to listen on (default: 127.0.0.1)')
    .option('--token <token>', 'token of the address, 22 characters or more (default: a new one)')
    .option('--root <dir>', 'folder whose files the page may open and save (default: the home folder)')
    .action((options) => run((output) => serve(options, output), options.json));
  return program;
}

/** Runs an action with the output that its options ask for. */
export const outputFor = (json: boolean): Output => createOutput(json, process.stdout, process.stderr);

const integer = (text: string, from: number, to: number, what: string): number => {
  const value = Number(text);
  if (!/^\d+$/.test(text) || value < from || value > to)
    throw new InvalidArgumentError(`${what} is expected.`);
  return value;
};
const count = (text: string) => integer(text, 1, 1_000_000_000, 'A whole number from 1');
const seed = (text: string) => integer(text, 0, 2 ** 31 - 1, 'A whole number from 0 to 2147483647');
const port = (text: string) => integer(text, 0, 65_535, 'A port from 0 to 65535');
const collect = (text: string, list: readonly string[]) => [...list, text];
