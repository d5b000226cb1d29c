import { useTranslation } from 'react-i18next';
import { connect } from '#shared/graph/commands.ts';
import { definitionOf } from '#shared/graph/definitionOf.ts';
import type { Edge, GraphDocument } from '#shared/graph/document.ts';
import { edgeId } from '#shared/graph/document.ts';
import { findNode, nodeTitle } from '#shared/graph/selectors.ts';
import type { NodeDefinition } from '#shared/nodes/defineNode.ts';
import { definitionText } from '../i18n/nodeText.ts';
import { wordScorer } from '../library/searchNodes.ts';
import { useDocumentStore } from '../stores/documentStore.ts';
import { fuzzyScore } from '../ui/fuzzy.ts';
import { edit } from './canvasApi.ts';
import { wireRefusal } from './connecting.ts';
import { SearchPopover } from './SearchPopover.tsx';

interface ConnectPopoverProps {
  readonly nodeId: string;
  /** Pixels from the canvas' corner. */
  readonly left: number;
  readonly top: number;
  readonly onClose: () => void;
}

/** Every wire that may be drawn between this node and another, the outgoing ones first. */
function possibleWires(document: GraphDocument, nodeId: string): Edge[] {
  const known = new Set(document.edges.map(edgeId));
  const ports = (id: string) => {
    const node = findNode(document, id);
    return node && definitionOf(document, node)?.ports;
  };
  const wires = (from: string, to: string): Edge[] =>
    (ports(from)?.outputs ?? []).flatMap((output) =>
      (ports(to)?.inputs ?? []).map((input) => ({
        from: { node: from, port: output.id },
        to: { node: to, port: input.id },
      })),
    );
  const others = document.nodes.filter(({ id }) => id !== nodeId);
  return [
    ...others.flatMap(({ id }) => wires(nodeId, id)),
    ...others.flatMap(({ id }) => wires(id, nodeId)),
  ].filter((edge) => !known.has(edgeId(edge)) && wireRefusal(edge.from, edge.to) === null);
}

interface Ranked {
  readonly title: string;
  readonly note: string;
  /** Both ports are called the same: a mask goes into a mask. */
  readonly sameName: boolean;
  /** How well a word names the kind of the node at the other end, as the library has it. */
  readonly scoreOf: (word: string) => number;
}

/**
 * What answers every word of the query: first what is called so, then what the library finds by it (aliases, what
 * a node does, slips of typing); of equals what joins ports of one name.
 */
function rankedBy<T extends Ranked>(query: string, items: readonly T[]): readonly T[] {
  const wanted = query.trim().toLowerCase();
  const words = wanted.split(/\s+/);
  const rank = ({ title, note, sameName, scoreOf }: T): number => {
    const text = `${title} ${note}`.toLowerCase();
    const told = title.toLowerCase().includes(wanted)
      ? 0
      : text.includes(wanted)
        ? 1
        : words.every((word) => text.includes(word))
          ? 2
          : words.every((word) => text.includes(word) || fuzzyScore(word, title) > 0 || scoreOf(word) > 0)
            ? 3
            : Number.POSITIVE_INFINITY;
    return 2 * told + (sameName ? 0 : 1);
  };
  return items
    .map((item) => ({ item, rank: rank(item) }))
    .filter((entry) => Number.isFinite(entry.rank))
    .toSorted((a, b) => a.rank - b.rank)
    .map(({ item }) => item);
}

/** A score that is worked out once for each word: many nodes are of one kind. */
function rememberedScorer(definition: NodeDefinition): (word: string) => number {
  const scoreOf = wordScorer(definition);
  const scores = new Map<string, number>();
  return (word) => {
    const score = scores.get(word) ?? scoreOf(word);
    scores.set(word, score);
    return score;
  };
}

/** Draws a wire without a pointer: lists what the node's ports fit, Enter connects. */
export function ConnectPopover({ nodeId, left, top, onClose }: ConnectPopoverProps) {
  const { t } = useTranslation();
  const document = useDocumentStore((state) => state.graph);
  if (!document) return null;
  const names = (end: Edge['from']): { node: string; port: string } => {
    const node = findNode(document, end.node);
    const definition = node && definitionOf(document, node);
    const port = (definition && definitionText(definition).ports[end.port]) ?? end.port;
    return { node: node ? nodeTitle(node, document) : end.node, port };
  };
  const scorers = new Map<NodeDefinition, (word: string) => number>();
  const scorerOf = (definition: NodeDefinition): ((word: string) => number) => {
    const known = scorers.get(definition) ?? rememberedScorer(definition);
    scorers.set(definition, known);
    return known;
  };
  const items = possibleWires(document, nodeId).map((edge) => {
    const outgoing = edge.from.node === nodeId;
    const other = outgoing ? edge.to : edge.from;
    const node = findNode(document, other.node);
    const definition = node && definitionOf(document, node);
    return {
      id: edgeId(edge),
      edge,
      sameName: names(edge.from).port === names(edge.to).port,
      definition,
      scoreOf: definition ? scorerOf(definition) : () => 0,
      title: t('canvas.connectEnd', { ...names(other), id: other.node }),
      note: t(outgoing ? 'canvas.connectOut' : 'canvas.connectIn', {
        port: names(outgoing ? edge.from : edge.to).port,
      }),
    };
  });
  return (
    <SearchPopover
      left={left}
      top={top}
      label={t('canvas.connectTitle')}
      placeholder={t('canvas.connectPlaceholder')}
      none={(query) => (query === '' ? t('canvas.connectNothing') : t('canvas.addNone', { query }))}
      find={(query) => rankedBy(query, items)}
      onChoose={(id) => {
        const item = items.find((other) => other.id === id);
        onClose();
        if (item) edit(connect(item.edge.from, item.edge.to));
      }}
      onClose={onClose}
    />
  );
}
