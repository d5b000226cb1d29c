import { beforeEach, expect, it } from 'vitest';
import { commandText } from '#renderer/i18n/commandText.ts';
import { failureText } from '#renderer/i18n/failureText.ts';
import { problemText } from '#renderer/i18n/problemText.ts';
import { classNames } from '#renderer/inspector/classNames.ts';
import { findNodes } from '#renderer/shell/palette/findNodes.ts';
import { openDocument, runCommand, showLevel, useDocumentStore } from '#renderer/stores/documentStore.ts';
import { placeCard } from '#renderer/tour/placeCard.ts';
import { analyze } from '#shared/compile/analyze.ts';
import { blockingProblems } from '#shared/compile/blockingProblems.ts';
import { fixInside } from '#shared/compile/levelAnalysis.ts';
import { toldProblems } from '#shared/compile/toldProblems.ts';
import { applyFix, makeBlock, removeNodes, setParam, setTitle } from '#shared/graph/commands.ts';
import type { GraphDocument } from '#shared/graph/document.ts';
import { templates } from '#shared/templates/index.ts';

const cnn = templates.find(({ id }) => id === 'cnn-mnist')?.document as GraphDocument;
const conv = cnn.nodes.find(({ kind }) => kind === 'conv2d')?.id ?? '';
function changed(...commands: readonly ReturnType<typeof setTitle>[]): GraphDocument {
  return commands.reduce((before, command) => {
    const result = command.apply(before);
    if (!result.ok) throw new Error(JSON.stringify(result.error));
    return result.value;
  }, cnn);
}
const blocked = changed(setTitle(conv, 'Edges'), makeBlock({ ids: [conv], title: 'Eye' }));
const instance = blocked.nodes.find(({ kind }) => kind === 'block')?.id ?? '';

beforeEach(() => openDocument({ document: blocked }));

it('failures name nodes by their titles, inside of blocks with the way to them', () => {
  const failure = (node: string) =>
    failureText({
      code: 'loss-not-finite',
      data: { loss: 'NaN', epoch: 1, step: 3, what: 'output', name: 'y', node },
      message: 'as the engine says it',
    });
  expect(failure(`${instance}/${conv}`)).toContain('of Eye › Edges,');
  // Of another graph, or gone: its id is all that there is.
  expect(failure('elsewhere/deep')).toContain('of elsewhere/deep,');
});

it('the reason of a lack of memory is said in the language of the window as well', () => {
  const text = failureText({
    code: 'out-of-memory-at',
    data: {
      why: 'x',
      whyCode: 'out-of-memory',
      detail: 'd',
      node: instance,
      megabytes: 1,
      batch: 2,
      smallerBatch: 0,
    },
    message: 'm',
  });
  expect(text).toMatch(/^There is not enough memory/);
  expect(text).toContain('outputs of Eye');
});

it('finds nodes inside of blocks, by name, parameter and problem, and says where', () => {
  const find = (query: string) => {
    const { document, analysis } = useDocumentStore.getState();
    return document ? findNodes(document, analysis.problems, query) : [];
  };
  expect(find('edges')[0]).toMatchObject({ title: 'Edges', block: { title: 'Eye' } });
  expect(find('edges')[0]?.note).toContain('Block “Eye”');
  const broken = changed(setParam(conv, 'filters', 0), makeBlock({ ids: [conv], title: 'Eye' }));
  openDocument({ document: broken });
  expect(find('filters').find(({ node }) => node.id === conv)?.problem).toBe(true);
});

it('a problem that all copies of a block have is counted once, and named by the node inside', () => {
  const gpt = templates.find(({ id }) => id === 'gpt-text')?.document as GraphDocument;
  openDocument({ document: gpt });
  runCommand(setParam('attention', 'heads', 5), [{ instance: 'layers', copy: 1 }]);
  const { analysis } = useDocumentStore.getState();
  const inside = analysis.problems.filter(({ nodeId }) => nodeId === 'layers');
  expect(inside).toHaveLength(4);
  expect(toldProblems(inside)).toEqual(inside.slice(0, 1));
  expect(blockingProblems(analysis)).toHaveLength(1);
  expect(inside.slice(0, 1).map(problemText)).toEqual([
    'Attention: B×64×128 cannot be divided into 5 equal parts. Choose a number of parts that divides 128.',
  ]);
  // Each copy has its own when it is looked at.
  showLevel([{ instance: 'layers', copy: 3 }]);
  expect(useDocumentStore.getState().graphAnalysis.problems).toHaveLength(1);
  // What mends it is found from outside as well.
  const [problem] = inside;
  const { document } = useDocumentStore.getState();
  const mend = problem && document && fixInside(problem, document);
  expect(mend).toEqual({
    level: [{ instance: 'layers', copy: 1 }],
    fix: { kind: 'set-param', nodeId: 'attention', param: 'heads', value: 4 },
  });
  if (mend) runCommand(applyFix(mend.fix), mend.level);
  expect(useDocumentStore.getState().analysis.problems).toEqual([]);
});

it('edits are told by what nodes are called, inside of blocks and once they are gone', () => {
  runCommand(setParam(conv, 'filters', 8), [{ instance, copy: 1 }]);
  runCommand(setParam(instance, 'repeat', 2));
  runCommand(removeNodes([instance]));
  const { history } = useDocumentStore.getState();
  expect(history?.past.map(commandText)).toEqual([
    'Change filters of Edges',
    'Change repeat of Eye',
    'Remove 1 node',
  ]);
});

it('knows the classes that a loss tells apart', () => {
  const loss = cnn.nodes.find(({ kind }) => kind === 'softmax-cross-entropy');
  if (!loss) throw new Error('no loss');
  const known = analyze(cnn).nodes.get(loss.id);
  expect(classNames(loss, cnn, known)).toHaveLength(10);
  expect(classNames(loss, cnn, undefined)).toBeNull();
});

it('a card stands beside what it points at, within the window and not over it', () => {
  const card = { width: 300, height: 160 };
  const screen = { width: 1280, height: 720 };
  const places = [
    { left: 100, top: 300, width: 80, height: 60 },
    { left: 1200, top: 20, width: 70, height: 40 },
    { left: 0, top: 0, width: 1280, height: 300 },
    { left: 0, top: 400, width: 1280, height: 320 },
  ];
  for (const target of places) {
    for (const side of [undefined, 'below'] as const) {
      const { left, top } = placeCard(target, card, screen, side);
      expect(left).toBeGreaterThanOrEqual(0);
      expect(left + card.width).toBeLessThanOrEqual(screen.width);
      expect(top).toBeGreaterThanOrEqual(0);
      expect(top + card.height).toBeLessThanOrEqual(screen.height);
      const apart =
        left >= target.left + target.width ||
        left + card.width <= target.left ||
        top >= target.top + target.height ||
        top + card.height <= target.top;
      expect(apart).toBe(true);
    }
  }
});
