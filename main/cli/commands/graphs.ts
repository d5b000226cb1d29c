import { formatFix, formatProblem } from '#main/services/problemMessages.ts';
import { analyze } from '#shared/compile/analyze.ts';
import { createPlan } from '#shared/compile/createPlan.ts';
import { serializeDocument } from '#shared/graph/serializeDocument.ts';
import { templates } from '#shared/templates/index.ts';
import { type ExitCode, exitCodes } from '../exitCodes.ts';
import { inputError, readGraph } from '../graphInput.ts';
import type { Output } from '../output.ts';
import { problemLine } from '../problemText.ts';

/** Lists the templates, or prints one's graph. */
export async function listTemplates(id: string | undefined, output: Output): Promise<ExitCode> {
  if (id === undefined) {
    for (const { document, ...template } of templates) {
      const { title, description, expected } = template;
      const goal = `${expected.split} ${expected.metric} ≥ ${(100 * expected.atLeast).toFixed(1)} %`;
      output.result(
        { event: 'template', ...template },
        `${template.id.padEnd(12)} ${title}: ${description} (${goal})`,
      );
    }
    return exitCodes.done;
  }
  const template = templates.find((candidate) => candidate.id === id);
  if (!template) {
    const ids = templates.map((candidate) => candidate.id).join(', ');
    throw inputError('not-found', `There is no template "${id}". There are: ${ids}`);
  }
  output.result(template.document, serializeDocument(template.document).trimEnd());
  return exitCodes.done;
}

/** Prints every problem of a graph; 0 where it can be trained. */
export async function validate(source: string, output: Output): Promise<ExitCode> {
  const document = await readGraph(source);
  const { problems: found, totals } = analyze(document);
  const plan = createPlan(document);
  const problems = plan.ok ? found : [...found, ...plan.error.filter((problem) => !isListed(problem, found))];
  for (const problem of problems) {
    const message = formatProblem(problem, document);
    const fixText = formatFix(problem, document);
    output.result(
      { event: 'problem', ...problem, message, ...(fixText !== null && { fixText }) },
      problemLine(problem, document),
    );
  }
  const { parameters } = totals;
  output.result(
    { event: 'done', ok: plan.ok, problems: problems.length, parameters },
    plan.ok
      ? `${source} can be trained: ${document.nodes.length} nodes, ${parameters.toLocaleString('en')} parameters.`
      : `${source} cannot be trained: ${problems.length} problem(s).`,
  );
  return plan.ok ? exitCodes.done : exitCodes.input;
}

function isListed(problem: object, list: readonly object[]): boolean {
  const text = JSON.stringify(problem);
  return list.some((other) => JSON.stringify(other) === text);
}
