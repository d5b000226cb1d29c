import { formatCommandLine } from '#main/services/messages.ts';
import { formatFix, formatProblem } from '#main/services/problemMessages.ts';
import { analyze } from '#shared/compile/analyze.ts';
import { createPlan } from '#shared/compile/createPlan.ts';
import { serializeDocument } from '#shared/graph/serializeDocument.ts';
import { templateText } from '#shared/i18n/templateTexts.ts';
import { isPercentage } from '#shared/nodes/registry.ts';
import { factsOf } from '#shared/protocol/data.ts';
import { type Target, templates } from '#shared/templates/index.ts';
import { commandLineSources, fromHere, graphFolder } from '../commandLineSources.ts';
import { type ExitCode, exitCodes } from '../exitCodes.ts';
import { applyOverrides, inputError, readGraph } from '../graphInput.ts';
import type { Output } from '../output.ts';
import { problemLine } from '../problemText.ts';
import type { EngineOptions } from '../withEngine.ts';
import { explain } from './explain.ts';

/** Lists the templates, or prints one's graph. */
export async function listTemplates(id: string | undefined, output: Output): Promise<ExitCode> {
  if (id === undefined) {
    for (const { document, ...template } of templates) {
      const { expected } = template;
      const { title, description } = templateText(template);
      const data = { id: template.id.padEnd(14), title, description, goal: formatTarget(expected) };
      output.result({ event: 'template', ...template }, formatCommandLine('template-line', data));
    }
    return exitCodes.done;
  }
  const template = templates.find((candidate) => candidate.id === id);
  if (!template) {
    const ids = templates.map((candidate) => candidate.id).join(', ');
    throw inputError('not-found', 'unknown-template', { id, templates: ids });
  }
  output.result(template.document, serializeDocument(template.document).trimEnd());
  return exitCodes.done;
}

/** `test accuracy ≥ 99.0 %`, `test loss ≤ 1.75`. */
function formatTarget(target: Target): string {
  const [sign, value] = 'atLeast' in target ? ['≥', target.atLeast] : ['≤', target.atMost];
  const figure = isPercentage(target.metric) ? `${(100 * value).toFixed(1)} %` : String(value);
  return `${target.split} ${target.metric} ${sign} ${figure}`;
}

export interface ValidateOptions extends EngineOptions {
  /** Also print what each stage of the compiler makes of the graph. */
  readonly explain?: boolean | undefined;
  readonly set?: readonly string[] | undefined;
}

/** Prints every problem of a graph; 0 where it can be trained. */
export async function validate(source: string, given: ValidateOptions, output: Output): Promise<ExitCode> {
  const options = { ...given, set: fromHere(given.set ?? []) };
  const document = applyOverrides(await readGraph(source), { set: options.set });
  const looked = await commandLineSources(source, options).lookAll(document, graphFolder(source));
  const facts = factsOf(looked);
  const { problems: found, totals } = analyze(document, facts);
  const plan = createPlan(document, facts);
  const problems = plan.ok ? found : [...found, ...plan.error.filter((problem) => !isListed(problem, found))];
  for (const problem of problems) {
    const message = formatProblem(problem, document);
    const fixText = formatFix(problem, document);
    output.result(
      { event: 'problem', ...problem, message, ...(fixText !== null && { fixText }) },
      problemLine(problem, document),
    );
  }
  if (plan.ok && options.explain) await explain(document, facts, options, output);
  const { parameters } = totals;
  output.result(
    { event: 'done', ok: plan.ok, problems: problems.length, parameters },
    plan.ok
      ? formatCommandLine('can-train', { source, nodes: document.nodes.length, parameters })
      : formatCommandLine('cannot-train', { source, count: problems.length }),
  );
  return plan.ok ? exitCodes.done : exitCodes.input;
}

function isListed(problem: object, list: readonly object[]): boolean {
  const text = JSON.stringify(problem);
  return list.some((other) => JSON.stringify(other) === text);
}
