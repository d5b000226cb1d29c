import { fail, ok, type Problem, type Result } from '../protocol/problem.ts';
import {
  INPUTS_ID,
  isPortsNode,
  OUTPUTS_ID,
  portNodes,
  portsFrom,
  wiresInside,
  withoutLost,
} from './blockPorts.ts';
import type { Command } from './command.ts';
import { blockOf, definitionOf } from './definitionOf.ts';
import type { BlockDefinition, Edge, GraphDocument } from './document.ts';
import { newPortTitle } from './portTitles.ts';
import { repeatsOf } from './repeatsOf.ts';

/** A step into a block: the instance, and which of its copies where it is repeated (from 1). */
export interface LevelStep {
  readonly instance: string;
  readonly copy: number;
}

/** Where in a document one is: the instances that were entered, the outermost first; none for the document itself. */
export type Level = readonly LevelStep[];

const sameStep = (a: LevelStep, b: LevelStep | undefined): boolean =>
  a.instance === b?.instance && a.copy === b.copy;
export const sameLevel = (a: Level, b: Level): boolean =>
  a.length === b.length && a.every((step, index) => sameStep(step, b[index]));

interface OpenBlock {
  readonly block: BlockDefinition;
  /** What comes before the ids of the nodes here in the instance paths of the compiler. */
  readonly prefix: string;
}

/** The definitions along a level, up to where it leads nowhere. */
export function openBlocks(document: GraphDocument, level: Level): readonly OpenBlock[] {
  const found: OpenBlock[] = [];
  let graph: Pick<GraphDocument, 'nodes'> = document;
  let prefix = '';
  for (const { instance, copy } of level) {
    const node = graph.nodes.find(({ id }) => id === instance);
    const block = node && blockOf(document, node);
    if (!node || !block || found.some((open) => open.block === block)) break;
    const repeat = repeatsOf(document, node);
    if (copy < 1 || copy > repeat) break;
    prefix += repeat > 1 ? `${instance}/${copy}/` : `${instance}/`;
    found.push({ block, prefix });
    graph = block;
  }
  return found;
}

/** The part of a level that still leads somewhere. */
export function reachedLevel(document: GraphDocument, level: Level): Level {
  const { length } = openBlocks(document, level);
  return length === level.length ? level : level.slice(0, length);
}

/** Where the node of an instance path (`encoder/3/attention`) is found: the level, and its id there. */
export function placeOfPath(
  document: GraphDocument,
  path: string,
): { readonly level: Level; readonly nodeId: string } {
  const parts = path.split('/');
  const level: LevelStep[] = [];
  let graph: Pick<GraphDocument, 'nodes'> = document;
  while (parts.length > 1) {
    const [instance = ''] = parts.splice(0, 1);
    const node = graph.nodes.find(({ id }) => id === instance);
    const block = node && blockOf(document, node);
    if (!block) return { level, nodeId: instance };
    const numbered = parts.length > 1 && !block.nodes.some(({ id }) => id === parts[0]);
    level.push({ instance, copy: numbered ? Number(parts.splice(0, 1)[0]) : 1 });
    graph = block;
  }
  return { level, nodeId: parts[0] ?? '' };
}

const views = new WeakMap<GraphDocument, Map<string, GraphDocument>>();

/** The inside of a block in the form of a document, its ports as two nodes. */
export function blockGraph(document: GraphDocument, block: BlockDefinition): GraphDocument {
  const known = views.get(document) ?? new Map<string, GraphDocument>();
  views.set(document, known);
  const found = known.get(block.id);
  if (found) return found;
  const { frames: _frames, notes: _notes, ...rest } = document;
  const view: GraphDocument = {
    ...rest,
    nodes: [...portNodesOf(block), ...block.nodes],
    edges: [...wiresOf(block)],
    ...(block.frames && { frames: block.frames }),
    ...(block.notes && { notes: block.notes }),
  };
  known.set(block.id, view);
  return view;
}

const cachedPorts = new WeakMap<BlockDefinition, ReturnType<typeof portNodes>>();
function portNodesOf(block: BlockDefinition): ReturnType<typeof portNodes> {
  const nodes = cachedPorts.get(block) ?? portNodes(block);
  cachedPorts.set(block, nodes);
  return nodes;
}

const cachedWires = new WeakMap<BlockDefinition, readonly Edge[]>();
function wiresOf(block: BlockDefinition): readonly Edge[] {
  const wires = cachedWires.get(block) ?? wiresInside(block);
  cachedWires.set(block, wires);
  return wires;
}

/**
 * The graph at a level in the form of a document, so that what works on a document works inside a block as
 * well: the document itself at the outermost level.
 */
export function levelGraph(document: GraphDocument, level: Level): GraphDocument {
  const block = openBlocks(document, level).at(-1)?.block;
  return block ? blockGraph(document, block) : document;
}

/** Brings a changed view back into the document. */
function close(whole: GraphDocument, block: BlockDefinition, before: GraphDocument, after: GraphDocument) {
  // A command may have changed the definition itself as well, e.g. the title of a port.
  const base = after.blocks?.find(({ id }) => id === block.id) ?? block;
  const { inputsAt: _in, outputsAt: _out, frames: _frames, notes: _notes, ...rest } = base;
  const placeOf = (id: string, known: BlockDefinition['inputsAt']): BlockDefinition['inputsAt'] => {
    const moved = after.nodes.find((node) => node.id === id)?.position;
    const rested = before.nodes.find((node) => node.id === id)?.position;
    return moved && rested && (moved.x !== rested.x || moved.y !== rested.y) ? moved : known;
  };
  const inputsAt = placeOf(INPUTS_ID, base.inputsAt);
  const outputsAt = placeOf(OUTPUTS_ID, base.outputsAt);
  const nodes = after.nodes.filter(({ id }) => !isPortsNode(id));
  const takesSeveral = (end: Edge['to']): boolean => {
    const node = nodes.find(({ id }) => id === end.node);
    const ports = node && definitionOf(after, node)?.ports.inputs;
    return ports?.find(({ id }) => id === end.port)?.multiple ?? false;
  };
  const closed = {
    ...rest,
    ...(after.nodes !== before.nodes && { nodes }),
    ...(base.params && {
      params: base.params.flatMap(
        (param) => withoutLost(param, (node) => after.nodes.some(({ id }) => id === node)) ?? [],
      ),
    }),
    ...(after.edges !== before.edges &&
      portsFrom(base, after.edges, {
        takesSeveral,
        titleOf: (end, side, taken) => newPortTitle(after, end, side, taken),
      })),
    ...(inputsAt && { inputsAt }),
    ...(outputsAt && { outputsAt }),
    ...(after.frames && { frames: after.frames }),
    ...(after.notes && { notes: after.notes }),
  } as BlockDefinition;
  const { frames: _outer, notes: _outerNotes, ...kept } = after;
  return {
    ...kept,
    nodes: whole.nodes,
    edges: whole.edges,
    ...(whole.frames && { frames: whole.frames }),
    ...(whole.notes && { notes: whole.notes }),
    blocks: (after.blocks ?? []).map((other) => (other.id === block.id ? closed : other)),
  } as GraphDocument;
}

/** A command carried out at a level of the document. It changes the definition, and so every instance of it. */
export function editAt(level: Level, command: Command): Command {
  if (level.length === 0) return command;
  const place = level.map(({ instance }) => instance).join('/');
  return {
    ...command,
    ...(command.mergeKey !== undefined && { mergeKey: `${place}:${command.mergeKey}` }),
    label: { ...command.label, data: { ...command.label.data, level: place } },
    apply(document): Result<GraphDocument, Problem> {
      const open = openBlocks(document, level);
      const block = open.at(-1)?.block;
      if (!block || open.length < level.length) {
        return fail({ code: 'node-not-found', severity: 'error', data: { id: place } });
      }
      const before = blockGraph(document, block);
      const result = command.apply(before);
      if (!result.ok) return result;
      return result.value === before ? ok(document) : ok(close(document, block, before, result.value));
    },
  };
}

/** A level at which a block is open: the first instance of it that is found. */
export function levelOfBlock(document: GraphDocument, blockId: string): Level | undefined {
  const seen = new Set<string>();
  const search = (graph: Pick<GraphDocument, 'nodes'>, way: Level): Level | undefined => {
    for (const node of graph.nodes) {
      const block = blockOf(document, node);
      if (!block || seen.has(block.id)) continue;
      const level = [...way, { instance: node.id, copy: 1 }];
      if (block.id === blockId) return level;
      seen.add(block.id);
      const inner = search(block, level);
      if (inner) return inner;
    }
    return undefined;
  };
  return search(document, []);
}

/**
 * The level at which one sees what became different between two states of a document: the one that one is
 * at, where something changed there.
 */
export function levelOfChange(before: GraphDocument, after: GraphDocument, level: Level): Level {
  const here = openBlocks(after, level).at(-1)?.block;
  const changed = (after.blocks ?? []).filter((block) => !before.blocks?.includes(block));
  const outside =
    before.nodes !== after.nodes ||
    before.edges !== after.edges ||
    before.frames !== after.frames ||
    before.notes !== after.notes;
  if (here ? changed.includes(here) : outside) return level;
  if (outside) return [];
  for (const { id } of changed) {
    const found = levelOfBlock(after, id);
    if (found) return found;
  }
  return level;
}
