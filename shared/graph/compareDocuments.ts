import type { JsonObject, JsonValue } from '../protocol/json.ts';
import { blockGraph } from './blockLevels.ts';
import { definitionOf } from './definitionOf.ts';
import {
  BLOCK_KIND,
  type BlockDefinition,
  type Edge,
  edgeId,
  type Frame,
  type GraphDocument,
  type NodeInstance,
  type Note,
} from './document.ts';
import { identityOf, isFields, isKeyed, layoutKeys, sameValue, type Value } from './documentParts.ts';

/** A value that differs; `path` are the keys that lead to it, entries of lists by their ids. */
export interface FieldChange {
  readonly path: readonly string[];
  readonly before: Value;
  readonly after: Value;
}

export type ChangeKind = 'added' | 'removed' | 'changed';

/** A part of a graph that is not the same on both sides. */
export interface PartChange<Part> {
  readonly kind: ChangeKind;
  readonly before: Part | undefined;
  readonly after: Part | undefined;
  /** Of a changed one: what differs. */
  readonly fields: readonly FieldChange[];
}

type Changes<Part> = ReadonlyMap<string, PartChange<Part>>;

/** What differs between two states of one graph, by the ids of its parts. */
export interface GraphChanges {
  readonly nodes: Changes<NodeInstance>;
  readonly edges: Changes<Edge>;
  readonly frames: Changes<Frame>;
  readonly notes: Changes<Note>;
  /** Parts that are the same but lie elsewhere. */
  readonly moved: number;
}

export interface BlockChange extends PartChange<BlockDefinition> {
  readonly id: string;
  readonly inside: GraphChanges;
}

export interface DocumentChanges {
  readonly graph: GraphChanges;
  /** Blocks that differ themselves or in their inside. */
  readonly blocks: readonly BlockChange[];
  /** Ids of these, and of the blocks that they are in. */
  readonly changedBlocks: ReadonlySet<string>;
  /** Name, description, variables, training set-up and whatever else a document has. */
  readonly fields: readonly FieldChange[];
}

const fieldsOf = (part: unknown): JsonObject => part as JsonObject;

/** What differs between two values, as deep as it can be told apart; places are left out. */
function differences(path: readonly string[], before: Value, after: Value): FieldChange[] {
  if (sameValue(before, after)) return [];
  if (isFields(before) && isFields(after)) {
    const keys = new Set([...Object.keys(before), ...Object.keys(after)]);
    return [...keys].flatMap((key) =>
      layoutKeys.has(key) ? [] : differences([...path, key], before[key], after[key]),
    );
  }
  const identity = identityOf(path.at(-1) ?? '');
  const [first, second] = [before ?? [], after ?? []];
  if (identity && Array.isArray(first) && Array.isArray(second)) {
    if (isKeyed(first, identity) && isKeyed(second, identity)) {
      const index = (list: readonly JsonValue[]) =>
        new Map(list.filter(isFields).map((entry) => [identity(entry), entry]));
      const [known, now] = [index(first), index(second)];
      const ids = new Set([...known.keys(), ...now.keys()]);
      return [...ids].flatMap((id) => differences([...path, id], known.get(id), now.get(id)));
    }
  }
  return [{ path, before, after }];
}

/** Parts by id; `changed` says what differs between two that are not the same object. */
function compareParts<Part>(
  before: readonly Part[],
  after: readonly Part[],
  idOf: (part: Part) => string,
  changed: (before: Part, after: Part) => readonly FieldChange[],
): { readonly changes: Map<string, PartChange<Part>>; readonly moved: number } {
  const known = new Map(before.map((part) => [idOf(part), part]));
  const now = new Set(after.map(idOf));
  const changes = new Map<string, PartChange<Part>>();
  let moved = 0;
  for (const part of after) {
    const id = idOf(part);
    const old = known.get(id);
    if (old === undefined) changes.set(id, { kind: 'added', before: undefined, after: part, fields: [] });
    else if (old !== part) {
      const fields = changed(old, part);
      if (fields.length > 0) changes.set(id, { kind: 'changed', before: old, after: part, fields });
      else if (!sameValue(fieldsOf(old), fieldsOf(part))) moved += 1;
    }
  }
  for (const [id, part] of known)
    if (!now.has(id)) changes.set(id, { kind: 'removed', before: part, after: undefined, fields: [] });
  return { changes, moved };
}

/** Parameters that are left out have their defaults: written out they are no change. */
function nodeFields(
  [documentBefore, before]: readonly [GraphDocument, NodeInstance],
  [documentAfter, after]: readonly [GraphDocument, NodeInstance],
): readonly FieldChange[] {
  const defaults = (document: GraphDocument, node: NodeInstance): JsonObject => {
    const parsed = definitionOf(document, node)?.params.safeParse({});
    return parsed?.success ? (parsed.data as JsonObject) : {};
  };
  const fields = differences([], fieldsOf(before), fieldsOf(after));
  if (!fields.some(({ path }) => path[0] === 'params' && path.length === 2)) return fields;
  const [standard, standardNow] = [defaults(documentBefore, before), defaults(documentAfter, after)];
  return fields.flatMap((field) => {
    const [first, key] = field.path;
    if (first !== 'params' || key === undefined || field.path.length > 2) return [field];
    const filled = {
      ...field,
      before: field.before ?? standard[key],
      after: field.after ?? standardNow[key],
    };
    return sameValue(filled.before, filled.after) ? [] : [filled];
  });
}

/** Wires into ports that take several, at another place among those that both sides have. */
function reordered(before: readonly Edge[], after: readonly Edge[]): Map<string, FieldChange> {
  const rows = (edges: readonly Edge[], known: ReadonlySet<string>): Map<string, string[]> => {
    const found = new Map<string, string[]>();
    for (const edge of edges) {
      const id = edgeId(edge);
      if (!known.has(id)) continue;
      const target = `${edge.to.node}.${edge.to.port}`;
      const row = found.get(target);
      if (row) row.push(id);
      else found.set(target, [id]);
    }
    return found;
  };
  const ids = new Set(before.map(edgeId));
  const common = new Set(after.map(edgeId).filter((id) => ids.has(id)));
  const was = rows(before, common);
  const changes = new Map<string, FieldChange>();
  for (const [target, row] of rows(after, common)) {
    const old = was.get(target) ?? [];
    row.forEach((id, at) => {
      const from = old.indexOf(id);
      if (from !== at) changes.set(id, { path: ['order'], before: from + 1, after: at + 1 });
    });
  }
  return changes;
}

/** What differs between two states of a graph: of documents, or of what is open of them (`levelGraph`). */
export function compareGraphs(before: GraphDocument, after: GraphDocument): GraphChanges {
  const byId = ({ id }: { readonly id: string }): string => id;
  const differ = (a: unknown, b: unknown): readonly FieldChange[] =>
    differences([], fieldsOf(a), fieldsOf(b));
  const nodes = compareParts(before.nodes, after.nodes, byId, (a, b) => nodeFields([before, a], [after, b]));
  const edges = compareParts(before.edges, after.edges, edgeId, differ);
  const frames = compareParts(before.frames ?? [], after.frames ?? [], byId, differ);
  const notes = compareParts(before.notes ?? [], after.notes ?? [], byId, differ);
  if (before.edges !== after.edges) {
    const now = new Map(after.edges.map((edge) => [edgeId(edge), edge]));
    for (const [id, field] of reordered(before.edges, after.edges)) {
      const edge = now.get(id);
      const known = edges.changes.get(id);
      edges.changes.set(id, {
        kind: 'changed',
        before: known?.before ?? edge,
        after: edge,
        fields: [...(known?.fields ?? []), field],
      });
    }
  }
  return {
    nodes: nodes.changes,
    edges: edges.changes,
    frames: frames.changes,
    notes: notes.changes,
    moved: nodes.moved + edges.moved + frames.moved + notes.moved,
  };
}

/** Nodes, wires, frames and notes of a block are compared as a graph; of its ports their names are left. */
function ownFields(block: BlockDefinition): JsonObject {
  const named = ({ id, title }: { readonly id: string; readonly title?: string | undefined }) => ({
    id,
    title,
  });
  const { nodes: _, edges: _edges, frames: _frames, notes: _notes, inputs, outputs, ...rest } = block;
  return fieldsOf({ ...rest, inputs: inputs.map(named), outputs: outputs.map(named) });
}

export const sizeOf = ({ nodes, edges, frames, notes }: GraphChanges): number =>
  nodes.size + edges.size + frames.size + notes.size;

const emptied = (block: BlockDefinition): BlockDefinition => {
  const { frames: _, notes: _notes, ...rest } = block;
  return { ...rest, nodes: [], edges: [], inputs: [], outputs: [] } as BlockDefinition;
};

function compareBlocks(before: GraphDocument, after: GraphDocument): readonly BlockChange[] {
  const known = new Map(before.blocks?.map((block) => [block.id, block]));
  const now = new Map(after.blocks?.map((block) => [block.id, block]));
  return [...new Set([...known.keys(), ...now.keys()])].flatMap((id): readonly BlockChange[] => {
    const [old, block] = [known.get(id), now.get(id)];
    if (old === block) return [];
    const sides = [old ?? (block && emptied(block)), block ?? (old && emptied(old))] as const;
    if (!sides[0] || !sides[1]) return [];
    const inside = compareGraphs(blockGraph(before, sides[0]), blockGraph(after, sides[1]));
    const fields = old && block ? differences([], ownFields(old), ownFields(block)) : [];
    const kind = !old ? 'added' : !block ? 'removed' : 'changed';
    if (kind === 'changed' && fields.length === 0 && sizeOf(inside) === 0 && inside.moved === 0) return [];
    return [{ id, kind, before: old, after: block, fields, inside }];
  });
}

/** The blocks that differ by more than places, and all that such a one is in. */
function withOuter(changes: readonly BlockChange[], { blocks = [] }: GraphDocument): ReadonlySet<string> {
  const found = new Set(
    changes
      .filter(({ kind, fields, inside }) => kind !== 'changed' || fields.length > 0 || sizeOf(inside) > 0)
      .map(({ id }) => id),
  );
  for (let size = -1; size !== found.size; ) {
    size = found.size;
    for (const { id, nodes } of blocks)
      if (nodes.some(({ kind, params }) => kind === BLOCK_KIND && found.has(String(params.block))))
        found.add(id);
  }
  return found;
}

/** What became different from one document to another, part by part. */
export function compareDocuments(before: GraphDocument, after: GraphDocument): DocumentChanges {
  const whole = ({
    nodes: _,
    edges: _edges,
    frames: _frames,
    notes: _notes,
    blocks: _blocks,
    ...rest
  }: GraphDocument) => fieldsOf(rest);
  const blocks = compareBlocks(before, after);
  return {
    graph: compareGraphs(before, after),
    blocks,
    changedBlocks: withOuter(blocks, after),
    fields: differences([], whole(before), whole(after)),
  };
}
