import fc from 'fast-check';
import { expect } from 'vitest';
import { analyze } from '#shared/compile/analyze.ts';
import { createPlan } from '#shared/compile/createPlan.ts';
import { editAt, type Level, levelGraph } from '#shared/graph/blockLevels.ts';
import { copyFragment, parseFragment } from '#shared/graph/clipboard.ts';
import type { Command } from '#shared/graph/commands.ts';
import * as commands from '#shared/graph/commands.ts';
import { blockOf, definitionOf } from '#shared/graph/definitionOf.ts';
import { edgeId, type Frame, type GraphDocument } from '#shared/graph/document.ts';
import { createHistory, execute, type History, redo, undo } from '#shared/graph/history.ts';
import { parseDocument } from '#shared/graph/parseDocument.ts';
import { serializeDocument } from '#shared/graph/serializeDocument.ts';
import { nodeDefinitions } from '#shared/nodes/registry.ts';
import { template } from '../networks.ts';

/** Numbers that say what a step does and what it touches, whatever the document holds by then. */
interface Choice {
  readonly command: number;
  readonly a: number;
  readonly b: number;
  readonly n: number;
}
const choice: fc.Arbitrary<Choice> = fc.record({
  command: fc.nat(10_000),
  a: fc.nat(1000),
  b: fc.nat(1000),
  n: fc.integer({ min: -500, max: 500 }),
});

/** Past so many nodes some are removed, so that a sequence stays quick. */
const LARGE = 30;

const starts = fc.constantFrom('mlp-mnist', 'names-gru', 'cgan-mnist');

/** The document as a choice looks at it. */
interface Sight extends Choice {
  readonly document: GraphDocument;
  readonly node: string;
  readonly other: string;
  readonly edge: string;
  readonly block: string;
  readonly frame: Frame | undefined;
  readonly variable: string;
}

const pick = <T>(list: readonly T[], at: number): T | undefined => list[at % Math.max(1, list.length)];
const offs = ['bypassed', 'muted', null] as const;
const expressions = ['=2*width', '=width/3', '=nobody', '=4*', '=width - 1000', '=depth^2 + 1'];

function sightOf(document: GraphDocument, { command, a, b, n }: Choice): Sight {
  const edge = pick(document.edges, a);
  return {
    document,
    command,
    a,
    b,
    n,
    node: pick(document.nodes, a)?.id ?? 'nobody',
    other: pick(document.nodes, b)?.id ?? 'nobody',
    edge: edge ? edgeId(edge) : 'none.y>none.x',
    block: pick(document.blocks ?? [], a)?.id ?? 'none',
    frame: pick(document.frames ?? [], a),
    variable: pick(document.variables ?? [], a)?.name ?? 'nothing',
  };
}

const two = ({ node, other }: Sight): readonly string[] => (node === other ? [node] : [node, other]);
const side = ({ b }: Sight) => (b % 2 === 0 ? 'inputs' : 'outputs');

/** A port of a block, by the numbers of the choice. */
function portOf(sight: Sight) {
  const block = sight.document.blocks?.find(({ id }) => id === sight.block);
  return {
    block: sight.block,
    side: side(sight),
    port: pick<{ id: string }>(block?.[side(sight)] ?? [], sight.b)?.id ?? 'none',
  } as const;
}

/** A parameter that a block shows, or could show. */
function paramOf(sight: Sight) {
  const block = sight.document.blocks?.find(({ id }) => id === sight.block);
  const node = pick(block?.nodes ?? [], sight.b);
  return {
    node: node?.id ?? 'nobody',
    param: pick(Object.keys(node?.params ?? {}), sight.a) ?? 'units',
    shown: pick(block?.params ?? [], sight.b)?.id ?? 'none',
  };
}

/** One of every kind of command; the keys are the names under which `commands.ts` has them. */
const makers: Readonly<Record<string, (sight: Sight) => Command>> = {
  addNode: ({ a, b, n }) =>
    commands.addNode({ kind: pick(nodeDefinitions, a)?.kind ?? 'dense', position: { x: n, y: b } }),
  removeNodes: (sight) => commands.removeNodes(two(sight)),
  moveNodes: ({ node, n, b }) => commands.moveNodes({ [node]: { x: n, y: b } }),
  moveParts: ({ document, node, n, b, a }) =>
    commands.moveParts(
      { nodes: [node], notes: [pick(document.notes ?? [], a)?.id ?? 'none'] },
      { x: n, y: b },
    ),
  setParam: ({ node, n, a }) =>
    commands.setParam(
      node,
      pick(['units', 'filters', 'rate', 'repeat'], a) ?? '',
      n > 100 ? n : (pick(expressions, a) ?? n),
    ),
  setParams: ({ node, other, n }) => commands.setParams({ [node]: n, [other]: '=width' }, 'units'),
  setTitle: ({ node, n }) => commands.setTitle(node, n > 0 ? `title ${n}` : ''),
  connect: ({ document, a, b }) =>
    commands.connect(
      pick(portsOf(document, 'outputs'), a) ?? { node: 'nobody', port: 'y' },
      pick(portsOf(document, 'inputs'), b) ?? { node: 'nobody', port: 'x' },
    ),
  removeEdges: ({ edge }) => commands.removeEdges([edge]),
  reconnect: ({ document, edge, a, b }) =>
    commands.reconnect(
      edge,
      pick(portsOf(document, 'outputs'), a) ?? { node: 'nobody', port: 'y' },
      pick(portsOf(document, 'inputs'), b) ?? { node: 'nobody', port: 'x' },
    ),
  spliceNode: ({ edge, node }) => commands.spliceNode(edge, { node, input: 'x', output: 'y' }),
  removeAndBridge: (sight) => commands.removeAndBridge(two(sight), () => sight.n > 0),
  switchNodes: (sight) => commands.switchNodes(two(sight), pick(offs, sight.b) ?? null),
  freezeNodes: (sight) => commands.freezeNodes(two(sight), sight.n > 0),
  addFrame: ({ document, n, b }) =>
    commands.addFrame({
      id: commands.nextFrameId(document),
      title: `frame ${n}`,
      color: 'teal',
      position: { x: n, y: b },
      size: { width: 300, height: 200 },
    }),
  changeFrame: ({ frame, n }) =>
    commands.changeFrame(frame?.id ?? 'none', n > 0 ? { title: `${n}` } : { color: 'pink' }),
  removeFrame: ({ frame }) => commands.removeFrame(frame?.id ?? 'none'),
  addNote: ({ document, n, b }) =>
    commands.addNote({
      id: commands.nextNoteId(document),
      text: `note ${n}`,
      color: 'neutral',
      position: { x: n, y: b },
      size: { width: 200, height: 100 },
    }),
  changeNote: ({ document, a, n }) =>
    commands.changeNote(pick(document.notes ?? [], a)?.id ?? 'none', { text: `# ${n}` }),
  removeNote: ({ document, a }) => commands.removeNote(pick(document.notes ?? [], a)?.id ?? 'none'),
  routeEdges: ({ edge, n, b }) => commands.routeEdges({ [edge]: n > 0 ? [{ x: n, y: b }] : [] }),
  applyFixes: ({ document }) =>
    commands.applyFixes(
      analyze(document)
        .problems.flatMap((problem) => problem.fix ?? [])
        .slice(0, 3),
    ),
  setTraining: ({ n, a }) =>
    commands.setTraining(
      pick(
        [
          { epochs: n },
          { batchSize: n },
          { earlyStopping: { enabled: n > 0 } },
          { checkpoints: { keep: n } },
        ],
        a,
      ) ?? {},
    ),
  renameDocument: ({ n }) => commands.renameDocument(`name ${n}`),
  paste: (sight) => {
    const fragment = parseFragment(copyFragment(sight.document, two(sight)));
    return fragment.ok
      ? commands.paste(fragment.value, { x: 30, y: 30 })
      : commands.renameDocument('nothing');
  },
  applyFix: ({ document, a }) => {
    const fix = pick(
      analyze(document).problems.flatMap((problem) => problem.fix ?? []),
      a,
    );
    return fix ? commands.applyFix(fix) : commands.renameDocument('nothing to mend');
  },
  addVariable: ({ n, a }) =>
    commands.addVariable({
      name: pick(['width', 'depth', `v${a}`], a) ?? 'v',
      value: n > 0 ? n : '=width + 1',
    }),
  setVariable: ({ variable, n, a }) =>
    commands.setVariable(
      variable,
      n > 0 ? { value: n } : { value: pick(expressions, a) ?? 1, description: 'why' },
    ),
  renameVariable: ({ variable, b }) =>
    commands.renameVariable(variable, pick(['width', 'depth', `w${b}`], b) ?? 'w'),
  removeVariable: ({ variable }) => commands.removeVariable(variable),
  makeBlock: (sight) => commands.makeBlock({ ids: two(sight), title: `Block ${sight.n}` }),
  distributeOverTime: (sight) => commands.distributeOverTime({ ids: two(sight), title: `Steps ${sight.n}` }),
  unpackBlock: ({ document, a }) => commands.unpackBlock(pick(instancesIn(document), a) ?? 'nobody'),
  addInstance: ({ document, block, n }) =>
    commands.addInstance(
      [...(document.blocks ?? [])].sort((one) => (one.id === block ? 1 : 0)),
      { x: n, y: n },
    ),
  detachInstance: ({ document, a }) => commands.detachInstance(pick(instancesIn(document), a) ?? 'nobody'),
  duplicateLinked: ({ document, a }) =>
    commands.duplicateLinked([pick(instancesIn(document), a) ?? 'nobody'], { x: 30, y: 30 }),
  shareWeights: ({ document, a, b }) =>
    commands.shareWeights([
      pick(instancesIn(document), a) ?? 'nobody',
      pick(instancesIn(document), b) ?? 'nobody',
    ]),
  separateWeights: ({ document, a }) => commands.separateWeights(pick(instancesIn(document), a) ?? 'nobody'),
  changeBlockLook: ({ block, n }) => commands.changeBlockLook(block, { title: `Look ${n}` }),
  removeBlock: ({ block }) => commands.removeBlock(block),
  renamePort: (sight) => commands.renamePort(portOf(sight), `port ${sight.n}`),
  movePort: (sight) => commands.movePort(portOf(sight), sight.n > 0 ? 1 : -1),
  removePort: (sight) => commands.removePort(portOf(sight)),
  exposeParam: (sight) => commands.exposeParam(sight.block, paramOf(sight).node, paramOf(sight).param),
  joinParam: (sight) =>
    commands.joinParam(sight.block, paramOf(sight).shown, paramOf(sight).node, paramOf(sight).param),
  foldRepetition: ({ document, n }) => {
    const found = commands.findRepetition(document);
    return found ? commands.foldRepetition(found, `Folded ${n}`) : commands.removeBlock('nothing');
  },
  concealParam: (sight) => {
    const { shown } = paramOf(sight);
    return commands.concealParam(sight.block, { id: shown, param: shown });
  },
  renameBlockParam: (sight) =>
    commands.renameBlockParam(sight.block, paramOf(sight).shown, `param ${sight.n}`),
};

/** What `commands.ts` has beside commands. */
const others = [
  'sequence',
  'nextFrameId',
  'nextNodeId',
  'nextNoteId',
  'nextVariableName',
  'instancesOf',
  'blockRefusal',
  'exposedBy',
  'findRepetition',
];

/** Commands that no choice leads to: each new one must be added here. */
export const forgotten = Object.keys(commands).filter(
  (name) => !others.includes(name) && !Object.hasOwn(makers, name),
);

/** Those that a run does not notice. */
const unnoticed = [
  'moveNodes',
  'moveParts',
  'addFrame',
  'changeFrame',
  'removeFrame',
  'addNote',
  'changeNote',
  'renameDocument',
];
/** Those that others build on come more often. */
const more = [
  'makeBlock',
  'makeBlock',
  'addInstance',
  'addInstance',
  'duplicateLinked',
  'addVariable',
  'addVariable',
];
const names = [
  ...Object.keys(makers),
  ...more,
  'connect',
  'connect',
  'exposeParam',
  'shareWeights',
  'unpackBlock',
];

const portsOf = (document: GraphDocument, side: 'inputs' | 'outputs') =>
  document.nodes.flatMap((node) =>
    (definitionOf(document, node)?.ports[side] ?? []).map(({ id }) => ({ node: node.id, port: id })),
  );

function instancesIn(document: GraphDocument): readonly string[] {
  return document.nodes.filter((node) => blockOf(document, node)).map(({ id }) => id);
}

/** A command is carried out at the outermost level, or inside of a block. */
function levelOf(document: GraphDocument, { b }: Choice): Level {
  const instance = b % 3 === 0 ? pick(instancesIn(document), b) : undefined;
  return instance === undefined ? [] : [{ instance, copy: 1 }];
}

/** A command that changed what it was given would fail from here on. */
function deepFreeze(value: unknown): void {
  if (typeof value !== 'object' || value === null || Object.isFrozen(value)) return;
  Object.freeze(value);
  for (const inner of Object.values(value)) deepFreeze(inner);
}

const planText = (document: GraphDocument): string => JSON.stringify(createPlan(document));

function expectReadable(document: GraphDocument): void {
  const text = serializeDocument(document);
  const parsed = parseDocument(text);
  expect(parsed).toEqual({ ok: true, value: document });
  expect(parsed.ok && serializeDocument(parsed.value)).toBe(text);
}

interface Wanted {
  readonly length: number;
  /** Of so many changed documents one is written and read again; of ten times as many the plan is compared. */
  readonly sample: number;
}

/** A sequence of commands holds what histories and files promise. */
export const sequences = ({ length, sample }: Wanted) =>
  fc.property(starts, fc.array(choice, { minLength: length, maxLength: length }), (id, choices) => {
    const start = template(id);
    const before = serializeDocument(start);
    let history: History = createHistory(start);
    const texts = new Map<GraphDocument, string>();
    let changes = 0;
    for (const step of choices) {
      const { document } = history;
      const name = document.nodes.length > LARGE ? 'removeNodes' : (pick(names, step.command) ?? '');
      const level = levelOf(document, step);
      const command = makers[name]?.(sightOf(levelGraph(document, level), step));
      if (!command) throw new Error(`no command ${name}`);
      const result = execute(history, editAt(level, command));
      if (!result.ok || result.value === history) continue;
      history = result.value;
      deepFreeze(history.document);
      changes += 1;
      if (changes % sample === 0) {
        expectReadable(history.document);
        texts.set(history.document, serializeDocument(history.document));
      }
      if (changes % (10 * sample) === 0) {
        const parsed = parseDocument(serializeDocument(history.document));
        expect(parsed.ok && planText(parsed.value)).toBe(planText(history.document));
        if (unnoticed.includes(name)) expect(planText(history.document)).toBe(planText(document));
      }
    }
    expectReadable(history.document);
    const end = serializeDocument(history.document);
    let back = history;
    while (back.past.length > 0) {
      back = undo(back);
      const text = texts.get(back.document);
      if (text !== undefined) expect(serializeDocument(back.document)).toBe(text);
    }
    if (history.past.length < 500) expect(serializeDocument(back.document)).toBe(before);
    let forward = back;
    while (forward.future.length > 0) forward = redo(forward);
    expect(serializeDocument(forward.document)).toBe(end);
    expect(forward.past.length).toBe(history.past.length);
  });
