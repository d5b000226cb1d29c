import { INPUTS_ID, innerParams, wirePlaces } from '../graph/blockPorts.ts';
import {
  BLOCK_KIND,
  type BlockDefinition,
  type BlockInput,
  blockParamsSchema,
  type Edge,
  edgeId,
  type GraphDocument,
  MAX_BLOCK_DEPTH,
  type NodeInstance,
} from '../graph/document.ts';
import { nodeTitle } from '../graph/selectors.ts';
import { findNodeDefinition } from '../nodes/registry.ts';
import type { JsonObject } from '../protocol/json.ts';
import type { Problem } from '../protocol/problem.ts';
import { issueData } from '../protocol/schemaIssue.ts';

type Endpoint = Edge['from'];
type InnerEnd = BlockInput['to'][number];
type Graph = Pick<GraphDocument, 'nodes' | 'edges'>;

/** Where the wires of a block's ports really end, by port. */
export interface BlockEnds {
  readonly inputs: ReadonlyMap<string, readonly InnerEnd[]>;
  readonly outputs: ReadonlyMap<string, Endpoint>;
}

/** A document in which every instance of a block is replaced by the nodes that it stands for. */
export interface Expansion {
  /** Nodes by instance path, e.g. `encoder/3/attention`; the document itself where it has no blocks. */
  readonly document: GraphDocument;
  /** Instances that the document itself has, by id. */
  readonly instances: ReadonlyMap<string, BlockEnds>;
  /** The document's wire for each expanded one that crosses into or out of a block, or lies outside of all. */
  readonly origins: ReadonlyMap<Edge, Edge>;
  /** By instance path, the path under which the weights are kept, where that is another. */
  readonly sharedWeights: ReadonlyMap<string, string>;
  /** Where the parameter of a node inside is set: by `path#param`, that of the instance around it. */
  readonly paramsSetBy: ReadonlyMap<string, string>;
  readonly problems: readonly Problem[];
}

/** Past so many nodes a document is more likely a mistake than a network. */
const MAX_NODES = 50_000;
/** As many as an instance has copies; blocks within blocks may hold the same mistake a million times. */
const MAX_TOLD = 256;

/** The document's own node that an instance path lies in. */
export const outerNodeId = (path: string): string => path.split('/', 1)[0] ?? path;

/** Instances of blocks replaced by their contents, however deep, with paths for names. */
export function expandBlocks(document: GraphDocument): Expansion {
  if (!document.nodes.some(({ kind }) => kind === BLOCK_KIND)) {
    const none = { instances: new Map(), origins: new Map(), sharedWeights: new Map() };
    return { ...none, paramsSetBy: new Map(), problems: [], document };
  }
  const expander = new Expander(document);
  const place: Place = {
    prefix: '',
    weightsPrefix: '',
    title: '',
    open: [],
    outerId: undefined,
    frozen: false,
    params: new Map(),
    wirePlaces: new Map(),
  };
  const instances = expander.expand(document, place);
  const { nodes, origins, sharedWeights, paramsSetBy, problems } = expander;
  const edges = inTheirPlaces(expander.edges, expander.places);
  return {
    document: { ...document, nodes, edges },
    instances,
    origins,
    sharedWeights,
    paramsSetBy,
    problems,
  };
}

interface Place {
  readonly prefix: string;
  /** Prefix under which the weights here are kept. */
  readonly weightsPrefix: string;
  /** `Encoder › `, or nothing. */
  readonly title: string;
  /** Ids of the definitions that this place lies in. */
  readonly open: readonly string[];
  readonly outerId: string | undefined;
  /** An instance that is frozen freezes all that it holds. */
  readonly frozen: boolean;
  /** Parameters that the instance sets, by the node here that has them. */
  readonly params: ReadonlyMap<string, JsonObject>;
  /** `wirePlaces` of the definition that this place is a copy of. */
  readonly wirePlaces: ReadonlyMap<string, number>;
}

class Expander {
  readonly nodes: NodeInstance[] = [];
  readonly edges: Edge[] = [];
  /** Places of wires among those into the same port, where a block says so. */
  readonly places = new Map<Edge, number>();
  readonly origins = new Map<Edge, Edge>();
  readonly sharedWeights = new Map<string, string>();
  readonly paramsSetBy = new Map<string, string>();
  readonly problems: Problem[] = [];
  /** How often it was told what is wrong with a node of a definition within an instance of the document. */
  private readonly told = new Map<string, number>();
  /** Nodes and instances made by blocks so far. */
  private made = 0;

  private readonly blocks: ReadonlyMap<string, BlockDefinition>;
  private readonly wirePlaces = new Map<BlockDefinition, ReadonlyMap<string, number>>();

  constructor(private readonly document: GraphDocument) {
    this.blocks = new Map((document.blocks ?? []).map((block) => [block.id, block]));
  }

  /** Adds a graph's nodes and wires; the answer is where its instances' ports end. */
  expand(graph: Graph, place: Place): ReadonlyMap<string, BlockEnds> {
    const instances = new Map<string, BlockEnds>();
    for (const node of graph.nodes) {
      const set = place.params.get(node.id);
      const inner = set ? { ...node, params: { ...node.params, ...set } } : node;
      if (node.kind === BLOCK_KIND) instances.set(node.id, this.instance(inner, graph, place));
      else this.add(inner, place);
    }
    for (const edge of graph.edges) {
      const from = outputEnd(edge.from, instances, place.prefix);
      const targets = inputEnds(atPlace(edge, place), instances, place.prefix);
      if (!from || !targets) {
        this.portMissing(edge, from ? edge.to : edge.from, graph, place);
        continue;
      }
      for (const to of targets) this.connect(from, to, place.prefix === '' ? edge : undefined);
    }
    return instances;
  }

  private add(node: NodeInstance, place: Place): void {
    if (place.prefix === '') {
      this.nodes.push(node);
      return;
    }
    const id = place.prefix + node.id;
    const role = findNodeDefinition(node.kind)?.role;
    if (role === 'dataset' || role === 'optimizer') this.misplaced(node, role, place);
    const frozen = place.frozen || node.frozen === true;
    this.nodes.push({ ...node, id, title: place.title + nodeTitle(node), ...(frozen && { frozen }) });
    if (place.weightsPrefix !== place.prefix) this.sharedWeights.set(id, place.weightsPrefix + node.id);
  }

  /** A run has its data and its optimisers once, and reads their results by the document's own nodes. */
  private misplaced(node: NodeInstance, role: 'dataset' | 'optimizer', place: Place): void {
    const title = place.title + nodeTitle(node);
    this.problems.push({
      code: 'not-inside-a-block',
      severity: 'error',
      ...placeOf(node.id, place),
      data: { node: title, role },
    });
  }

  private connect(from: Endpoint, { order, ...to }: InnerEnd, origin: Edge | undefined): void {
    const edge = { from, to: to as Endpoint };
    this.edges.push(edge);
    if (order !== undefined) this.places.set(edge, order);
    if (origin) this.origins.set(edge, origin);
  }

  private instance(node: NodeInstance, graph: Graph, place: Place): BlockEnds {
    const nothing: BlockEnds = { inputs: new Map(), outputs: new Map() };
    const title = place.title + nodeTitle(node, this.document);
    const outer = place.outerId ?? node.id;
    const report = (code: string, data: Problem['data'], param?: string): BlockEnds => {
      const key = [code, outer, place.open.at(-1), node.id].join(' ');
      const told = this.told.get(key) ?? 0;
      if (told >= MAX_TOLD) return nothing;
      this.told.set(key, told + 1);
      this.problems.push({
        code,
        severity: 'error',
        ...placeOf(node.id, place, { ...(param !== undefined && { param }) }),
        data: { node: title, ...data },
      });
      return nothing;
    };
    const parsed = blockParamsSchema.safeParse(node.params);
    if (!parsed.success) {
      const [issue] = parsed.error.issues;
      const param = String(issue?.path[0] ?? 'block');
      const value = JSON.stringify(node.params[param]) ?? 'nothing';
      return report(
        'param-invalid',
        { param, label: param, value, ...(issue && issueData(issue, node.params)) },
        param,
      );
    }
    const { block, repeat, shareWith } = parsed.data;
    const definition = this.blocks.get(block);
    if (!definition) return report('block-unknown', { block }, 'block');
    if (place.open.includes(block) || place.open.length >= MAX_BLOCK_DEPTH) {
      return report('block-inside-itself', { block: definition.title ?? block });
    }
    // Instances count as well: blocks of nothing but blocks multiply without a node.
    this.made += repeat * definition.nodes.length;
    if (this.made > MAX_NODES) {
      const known = this.problems.some(({ code, nodeId }) => code === 'block-too-large' && nodeId === outer);
      return known ? nothing : report('block-too-large', { limit: MAX_NODES }, 'repeat');
    }
    const owner = weightsOwner(node, graph);
    const params = this.paramsInside(definition, node);
    const places = this.placesIn(definition);
    if (owner === undefined) return report('block-share-mismatch', { other: shareWith ?? '' }, 'shareWith');

    const known = new Set([
      ...Object.keys(blockParamsSchema.shape),
      ...(definition.params ?? []).map(({ id }) => id),
    ]);
    for (const param of Object.keys(node.params)) {
      if (known.has(param)) continue;
      const at = placeOf(node.id, place, { param });
      this.problems.push({ code: 'param-unknown', severity: 'warning', ...at, data: { node: title, param } });
    }

    const copies = Array.from({ length: repeat }, (_, index) => {
      const part = repeat > 1 ? `${index + 1}/` : '';
      return this.copy(definition, {
        prefix: `${place.prefix}${node.id}/${part}`,
        weightsPrefix: `${place.weightsPrefix}${owner}/${part}`,
        title: `${title}${repeat > 1 ? ` ${index + 1}` : ''} › `,
        open: [...place.open, block],
        outerId: outer,
        frozen: place.frozen || node.frozen === true,
        params,
        wirePlaces: places,
      });
    });
    const path = place.prefix + node.id;
    for (let copy = 1; copy <= repeat; copy++) {
      const prefix = `${place.prefix}${node.id}/${repeat > 1 ? `${copy}/` : ''}`;
      for (const own of definition.params ?? []) {
        for (const inner of innerParams(own)) {
          this.paramsSetBy.set(`${prefix}${inner.node}#${inner.param}`, `${path}#${own.id}`);
        }
      }
    }
    return this.chain(definition, copies) ?? nothing;
  }

  private placesIn(definition: BlockDefinition): ReadonlyMap<string, number> {
    const known = this.wirePlaces.get(definition) ?? wirePlaces(definition);
    this.wirePlaces.set(definition, known);
    return known;
  }

  /** What an instance sets of the parameters that the definition lets it set. */
  private paramsInside(definition: BlockDefinition, instance: NodeInstance): ReadonlyMap<string, JsonObject> {
    const inside = new Map<string, JsonObject>();
    for (const block of definition.params ?? []) {
      const value = block.id in blockParamsSchema.shape ? undefined : instance.params[block.id];
      if (value === undefined) continue;
      for (const { node, param } of innerParams(block))
        inside.set(node, { ...inside.get(node), [param]: value });
    }
    return inside;
  }

  private copy(definition: BlockDefinition, place: Place): BlockEnds {
    const inner = this.expand(definition, place);
    const inputs = new Map<string, readonly InnerEnd[]>();
    const outputs = new Map<string, Endpoint>();
    for (const { id, to } of definition.inputs) {
      const from = { node: INPUTS_ID, port: id };
      inputs.set(
        id,
        to.flatMap((end) => inputEnds(atPlace({ from, to: end }, place), inner, place.prefix) ?? []),
      );
    }
    for (const { id, from } of definition.outputs) {
      const end = from && outputEnd(from, inner, place.prefix);
      if (end) outputs.set(id, end);
    }
    return { inputs, outputs };
  }

  /** Copies in a row: the first port goes through all of them, other inputs reach each, other outputs are the last one's. */
  private chain(definition: BlockDefinition, copies: readonly BlockEnds[]): BlockEnds | undefined {
    const [first] = copies;
    const last = copies.at(-1);
    if (!first || !last) return undefined;
    const through = definition.inputs[0]?.id;
    const out = definition.outputs[0]?.id;
    for (const [index, copy] of copies.entries()) {
      const from = index > 0 && out !== undefined ? copies[index - 1]?.outputs.get(out) : undefined;
      if (!from || through === undefined) continue;
      for (const to of copy.inputs.get(through) ?? []) this.connect(from, to, undefined);
    }
    const inputs = new Map(
      [...first.inputs].map(([id, ends]) => [
        id,
        id === through ? ends : copies.flatMap((copy) => copy.inputs.get(id) ?? []),
      ]),
    );
    return { inputs, outputs: last.outputs };
  }

  private portMissing(edge: Edge, end: Endpoint, graph: Graph, place: Place): void {
    const node = graph.nodes.find(({ id }) => id === end.node);
    const block = node && this.blocks.get(String(node.params.block));
    const port = block?.outputs.find(({ id }) => id === end.port);
    const edgeId = `${edge.from.node}.${edge.from.port}>${edge.to.node}.${edge.to.port}`;
    this.problems.push({
      code: port && end === edge.from ? 'block-output-empty' : 'port-not-found',
      severity: 'error',
      ...placeOf(end.node, place, { edgeId }),
      data: {
        node: place.title + (node ? nodeTitle(node, this.document) : end.node),
        port: port?.title ?? end.port,
      },
    });
  }
}

/** Where a problem stands: on the outer instance, and on the node within it. */
function placeOf(
  id: string,
  place: Place,
  more: Pick<Problem, 'param' | 'edgeId'> = {},
): Pick<Problem, 'nodeId' | 'param' | 'edgeId' | 'inside'> {
  if (place.outerId === undefined) return { nodeId: id, ...more };
  return { nodeId: place.outerId, inside: { nodeId: place.prefix + id, ...more } };
}

/** Where a wire of a definition ends, with its place among those into the same port. */
function atPlace(edge: Edge, { wirePlaces: places }: Place): InnerEnd {
  const { order: _, ...end } = edge.to as InnerEnd;
  const order = places.get(edgeId(edge));
  return { ...end, ...(order !== undefined && { order }) } as InnerEnd;
}

/** Wires into a port of which some have places are brought into their order; all others stay where they are. */
function inTheirPlaces(edges: readonly Edge[], places: ReadonlyMap<Edge, number>): Edge[] {
  const target = ({ to }: Edge): string => `${to.node}.${to.port}`;
  const rows = new Map<string, Edge[]>();
  for (const edge of places.keys()) rows.set(target(edge), []);
  if (rows.size === 0) return [...edges];
  for (const edge of edges) rows.get(target(edge))?.push(edge);
  for (const row of rows.values()) row.sort((a, b) => (places.get(a) ?? 0) - (places.get(b) ?? 0));
  return edges.map((edge) => rows.get(target(edge))?.shift() ?? edge);
}

function inputEnds(
  at: InnerEnd,
  instances: ReadonlyMap<string, BlockEnds>,
  prefix: string,
): readonly InnerEnd[] | undefined {
  const instance = instances.get(at.node);
  return instance ? instance.inputs.get(at.port) : [{ ...at, node: prefix + at.node }];
}

function outputEnd(
  at: Endpoint,
  instances: ReadonlyMap<string, BlockEnds>,
  prefix: string,
): Endpoint | undefined {
  const instance = instances.get(at.node);
  return instance ? instance.outputs.get(at.port) : { ...at, node: prefix + at.node };
}

/** Id of the instance whose weights this one uses, itself where it shares none; undefined where it cannot. */
function weightsOwner(node: NodeInstance, graph: Graph): string | undefined {
  const seen = new Set<string>();
  let at = node;
  for (;;) {
    const { block, repeat, shareWith } = blockParamsSchema.parse(at.params);
    if (shareWith === undefined || shareWith === at.id) return at.id;
    seen.add(at.id);
    const other = graph.nodes.find(({ id }) => id === shareWith);
    const parsed = other?.kind === BLOCK_KIND ? blockParamsSchema.safeParse(other.params) : undefined;
    if (!other || !parsed?.success || seen.has(other.id)) return undefined;
    if (parsed.data.block !== block || parsed.data.repeat !== repeat) return undefined;
    at = other;
  }
}
