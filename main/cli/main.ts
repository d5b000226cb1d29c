import { CommanderError } from 'commander';
import { speak } from '#main/services/messages.ts';
import { findResourcePaths } from '#main/services/paths.ts';
import { speakOfNodes } from '#shared/i18n/nodeTexts.ts';
import { speakOfTemplates } from '#shared/i18n/templateTexts.ts';
import { nodeTranslation } from '#shared/i18n/zh/nodes/nodeTranslation.ts';
import { templateTexts } from '#shared/i18n/zh/templateTexts.ts';
import { toCommandError } from './commandError.ts';
import { type ExitCode, exitCodes } from './exitCodes.ts';
import { languageOf } from './language.ts';
import type { Output } from './output.ts';
import { problemLine } from './problemText.ts';
import { createProgram, outputFor } from './program.ts';

async function run(action: (output: Output) => Promise<ExitCode>, json: boolean): Promise<void> {
  const output = outputFor(json);
  try {
    process.exitCode = await action(output);
  } catch (thrown) {
    const error = toCommandError(thrown);
    const { code, message, problems } = error;
    if (json) output.result({ event: 'error', code, message, problems }, null);
    output.log(message);
    for (const problem of problems) output.log(problemLine(problem));
    process.exitCode = error.exitCode;
  }
}

// A reader that goes away (`| head`) is not a failure of ours.
process.stdout.on('error', () => process.exit(exitCodes.done));

async function main(): Promise<void> {
  const { language, rest } = languageOf(process.argv, process.env);
  speak(language);
  if (language === 'zh') {
    speakOfNodes(nodeTranslation);
    speakOfTemplates(templateTexts);
  }
  // The engine's own messages come in the language of its environment.
  process.env.NEUROLOOM_LANG = language;
  const program = createProgram(findResourcePaths().version, run);
  for (const part of [program, ...program.commands]) part.exitOverride();
  try {
    await program.parseAsync(rest);
  } catch (error) {
    if (!(error instanceof CommanderError)) throw error;
    // Help and version end like this too, with exit code 0; the text is out already.
    process.exitCode = error.exitCode === 0 ? exitCodes.done : exitCodes.usage;
  }
}

void main();
