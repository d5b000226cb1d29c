import { findNodeDefinition } from '../nodes/registry.ts';
import { type Fix, fail, ok, type Problem, type Result } from '../protocol/problem.ts';
import { type Command, kindTitle, sequence } from './command.ts';
import { edgeId, type GraphDocument, type NodeInstance } from './document.ts';
import { connect, removeEdges } from './edgeCommands.ts';
import { addNode, nextNodeId, removeNodes, setParam } from './nodeCommands.ts';
import { rounded } from './rounded.ts';
import { findNode } from './selectors.ts';
import { addVariable } from './variableCommands.ts';

type Point = NodeInstance['position'];

/** Cards stand about this far apart, left to right. */
const COLUMN_PITCH = 240;
const ROW_PITCH = 200;

const taken = (document: GraphDocument, at: Point): boolean =>
  document.nodes.some(
    ({ position }) =>
      Math.abs(position.x - at.x) < COLUMN_PITCH * 0.8 && Math.abs(position.y - at.y) < ROW_PITCH * 0.5,
  );

/** The first place at or below `at` where a card hides no other. */
function freePlace(document: GraphDocument, at: Point): Point {
  const place = { ...at };
  while (taken(document, place)) place.y += ROW_PITCH;
  return place;
}

function centreBetween(document: GraphDocument, ids: readonly string[]): Point {
  const nodes = ids.flatMap((id) => findNode(document, id) ?? []);
  if (nodes.length === 0) {
    const right = document.nodes.reduce((most, { position }) => Math.max(most, position.x), -COLUMN_PITCH);
    return { x: right + COLUMN_PITCH, y: document.nodes[0]?.position.y ?? 0 };
  }
  const mean = (values: readonly number[]): number =>
    rounded(values.reduce((sum, value) => sum + value, 0) / values.length);
  return {
    x: mean(nodes.map(({ position }) => position.x)),
    y: mean(nodes.map(({ position }) => position.y)),
  };
}

function insertNode(document: GraphDocument, fix: Extract<Fix, { kind: 'insert-node' }>): readonly Command[] {
  const edge = document.edges.find((candidate) => edgeId(candidate) === fix.edgeId);
  const ports = findNodeDefinition(fix.nodeKind)?.ports;
  const input = ports?.inputs[0];
  const output = ports?.outputs[0];
  if (!edge) return [refuse({ code: 'edge-not-found', severity: 'error', data: { id: fix.edgeId } })];
  if (!input || !output) {
    return [refuse({ code: 'unknown-kind', severity: 'error', data: { kind: fix.nodeKind } })];
  }
  const id = nextNodeId(document, fix.nodeKind);
  const position = freePlace(document, centreBetween(document, [edge.from.node, edge.to.node]));
  return [
    addNode({ kind: fix.nodeKind, position, params: fix.params, id }),
    removeEdges([fix.edgeId]),
    connect(edge.from, { node: id, port: input.id }),
    connect({ node: id, port: output.id }, edge.to),
  ];
}

function addAndWire(document: GraphDocument, fix: Extract<Fix, { kind: 'add-node' }>): readonly Command[] {
  const id = nextNodeId(document, fix.nodeKind);
  const real = ([node, port]: readonly [string, string]) => ({ node: node === '$new' ? id : node, port });
  const wires = fix.connect.map(({ from, to }) => ({ from: real(from), to: real(to) }));
  const sources = wires.flatMap(({ from }) => (from.node === id ? [] : [from.node]));
  const targets = wires.flatMap(({ to }) => (to.node === id ? [] : [to.node]));
  const centre = centreBetween(document, [...sources, ...targets]);
  const shift = sources.length > 0 ? COLUMN_PITCH : targets.length > 0 ? -COLUMN_PITCH : 0;
  const position = freePlace(document, { x: centre.x + shift, y: centre.y });
  return [
    addNode({ kind: fix.nodeKind, position, params: fix.params, id }),
    ...wires.map(({ from, to }) => connect(from, to)),
  ];
}

const refuse = (problem: Problem): Command => ({
  label: { key: 'apply-fix' },
  apply: (): Result<GraphDocument, Problem> => fail(problem),
});

/** Carries out the one-click fix of a Problem, as one step of undo. */
export function applyFix(fix: Fix): Command {
  switch (fix.kind) {
    case 'insert-node':
      return sequence({ key: 'insert-node', data: { node: kindTitle(fix.nodeKind) } }, (document) =>
        insertNode(document, fix),
      );
    case 'add-node':
      return sequence({ key: 'add-node', data: { node: kindTitle(fix.nodeKind) } }, (document) =>
        addAndWire(document, fix),
      );
    case 'set-param': {
      const { mergeKey: _, ...command } = setParam(fix.nodeId, fix.param, fix.value);
      return command;
    }
    case 'remove-edge':
      return removeEdges([fix.edgeId]);
    case 'remove-node':
      return removeNodes([fix.nodeId]);
    case 'add-variable':
      return addVariable({ name: fix.name, value: fix.value });
    case 'connect':
      return connect({ node: fix.from[0], port: fix.from[1] }, { node: fix.to[0], port: fix.to[1] });
  }
}

/**
 * Carries out the fixes of several problems as one step of undo. One that another has made needless or
 * impossible is passed over; where none could be carried out, the first says why.
 */
export function applyFixes(fixes: readonly Fix[]): Command {
  return {
    label: { key: 'apply-fixes', data: { count: fixes.length } },
    apply(document) {
      let current = document;
      let refusal: Result<GraphDocument, Problem> | null = null;
      for (const fix of fixes) {
        const result = applyFix(fix).apply(current);
        if (result.ok) current = result.value;
        else refusal ??= result;
      }
      return current === document && refusal ? refusal : ok(current);
    },
  };
}
