import { blockGraph } from '#shared/graph/blockLevels.ts';
import { isPortsNode } from '#shared/graph/blockPorts.ts';
import type {
  BlockChange,
  ChangeKind,
  DocumentChanges,
  FieldChange,
  GraphChanges,
} from '#shared/graph/compareDocuments.ts';
import { definitionOf } from '#shared/graph/definitionOf.ts';
import type { BlockDefinition, Edge, GraphDocument, NodeInstance, Note } from '#shared/graph/document.ts';
import { nodeTitle } from '#shared/graph/selectors.ts';
import type { NodeCategory } from '#shared/nodes/defineNode.ts';
import { i18n } from '../i18n/i18n.ts';
import { definitionText } from '../i18n/nodeText.ts';
import { type FieldText, fieldText, nodeFieldText } from './fieldText.ts';

/** One line of the list of differences. */
export interface ChangeItem {
  readonly key: string;
  readonly kind: ChangeKind;
  readonly part: 'node' | 'wire' | 'frame' | 'note' | 'block' | 'setting';
  /** Of the part in its graph; of a setting, the first key of its path. */
  readonly id: string;
  /** The block that it is in; null for the graph itself. */
  readonly block: { readonly id: string; readonly title: string } | null;
  readonly title: string;
  readonly icon: string | undefined;
  readonly category: NodeCategory | undefined;
  readonly fields: readonly FieldText[];
}

/** Two states of one graph, as the canvas shows them. */
interface Sides {
  readonly before: GraphDocument;
  readonly after: GraphDocument;
}

type Place = ChangeItem['block'];

/** Title and port at an end of a wire. */
function endText(end: Edge['from'], graph: GraphDocument): string {
  const node = graph.nodes.find(({ id }) => id === end.node);
  const definition = node && definitionOf(graph, node);
  const port = definition ? (definitionText(definition).ports[end.port] ?? end.port) : end.port;
  return `${node ? titleOf(node, graph) : end.node} · ${port}`;
}

/** The ports of an open block have no names of their own. */
function titleOf(node: NodeInstance, graph: GraphDocument): string {
  const definition = isPortsNode(node.id) ? definitionOf(graph, node) : undefined;
  return definition ? definitionText(definition).title : nodeTitle(node, graph);
}

const NAME_LENGTH = 40;
const nameOfNote = ({ text }: Note): string =>
  text
    .replaceAll(/[#*_`>~[\]]/g, '')
    .trim()
    .slice(0, NAME_LENGTH) || i18n.t('canvas.noteEmptyName');

function graphItems(changes: GraphChanges, { before, after }: Sides, block: Place): readonly ChangeItem[] {
  const prefix = block ? `${block.id}/` : '';
  const base = { block, icon: undefined, category: undefined };
  const nodes = [...changes.nodes].flatMap(([id, change]): ChangeItem[] => {
    const graph = change.after ? after : before;
    const node = change.after ?? change.before;
    if (!node) return [];
    const definition = definitionOf(graph, node);
    return [
      {
        ...base,
        key: `${prefix}node:${id}`,
        kind: change.kind,
        part: 'node',
        id,
        title: titleOf(node, graph),
        icon: definition?.icon,
        category: definition?.category,
        fields: change.fields.map((field) => nodeFieldText(field, node, graph)),
      },
    ];
  });
  const edges = [...changes.edges].flatMap(([id, change]): ChangeItem[] => {
    const graph = change.after ? after : before;
    const edge = change.after ?? change.before;
    if (!edge) return [];
    return [
      {
        ...base,
        key: `${prefix}wire:${id}`,
        kind: change.kind,
        part: 'wire',
        id,
        title: `${endText(edge.from, graph)} → ${endText(edge.to, graph)}`,
        fields: change.fields.map(fieldText),
      },
    ];
  });
  const frames = [...changes.frames].map(
    ([id, { kind, fields, before: old, after: now }]): ChangeItem => ({
      ...base,
      key: `${prefix}frame:${id}`,
      kind,
      part: 'frame',
      id,
      title: i18n.t('canvas.frame', { title: (now ?? old)?.title ?? '' }),
      fields: fields.map(fieldText),
    }),
  );
  const notes = [...changes.notes].flatMap(
    ([id, { kind, fields, before: old, after: now }]): ChangeItem[] => {
      const note = now ?? old;
      if (!note) return [];
      return [
        {
          ...base,
          key: `${prefix}note:${id}`,
          kind,
          part: 'note',
          id,
          title: i18n.t('canvas.note', { title: nameOfNote(note) }),
          fields: fields.map(fieldText),
        },
      ];
    },
  );
  return [...nodes, ...edges, ...frames, ...notes];
}

const empty = (block: BlockDefinition): BlockDefinition =>
  ({ ...block, nodes: [], edges: [], inputs: [], outputs: [], frames: [], notes: [] }) as BlockDefinition;

function blockItems(change: BlockChange, { before, after }: Sides): readonly ChangeItem[] {
  const { id, kind, fields, inside } = change;
  const block = change.after ?? change.before;
  if (!block) return [];
  const title = block.title ?? block.id;
  const own: ChangeItem = {
    key: `block:${id}`,
    kind,
    part: 'block',
    id,
    block: null,
    title: i18n.t('inspector.block', { title }),
    icon: block.icon ?? 'box',
    category: undefined,
    fields: fields.map(fieldText),
  };
  // One that is new or gone is one thing; what is in it came or went with it.
  if (kind !== 'changed') return [own];
  const sides = {
    before: blockGraph(before, change.before ?? empty(block)),
    after: blockGraph(after, change.after ?? empty(block)),
  };
  return [...(fields.length > 0 ? [own] : []), ...graphItems(inside, sides, { id, title })];
}

const settingKind = ({ before, after }: FieldChange): ChangeKind =>
  before === undefined ? 'added' : after === undefined ? 'removed' : 'changed';

/** Every difference as a line, the graph's first, then those inside of blocks, then the settings. */
export function changeItems(changes: DocumentChanges, sides: Sides): readonly ChangeItem[] {
  return [
    ...graphItems(changes.graph, sides, null),
    ...changes.blocks.flatMap((block) => blockItems(block, sides)),
    ...changes.fields.map((field): ChangeItem => {
      const text = fieldText(field);
      return {
        key: `setting:${field.path.join('.')}`,
        kind: settingKind(field),
        part: 'setting',
        id: field.path[0] ?? '',
        block: null,
        title: text.label,
        icon: undefined,
        category: undefined,
        fields: [text],
      };
    }),
  ];
}

/** Parts that lie elsewhere and are otherwise the same. */
export const movedParts = ({ graph, blocks }: DocumentChanges): number =>
  graph.moved + blocks.reduce((sum, { inside }) => sum + inside.moved, 0);
