import { z } from 'zod';
import { isReservedName } from '../expressions/expression.ts';
import { jsonObjectSchema } from '../protocol/json.ts';

/**
 * The saved form of a network: plain data, nothing executable. Unknown keys survive a
 * round trip (loose objects), so that an older app does not destroy what a newer one wrote.
 */
export const DOCUMENT_FORMAT = 'neuroloom';
export const DOCUMENT_VERSION = 1;
export const DOCUMENT_EXTENSION = '.neuroloom.json';
/** Of a document with its blocks: more than anybody has, and few enough to be looked at. */
export const MAX_NODES = 20_000;
export const MAX_EDGES = 100_000;
/** Blocks within each other. */
export const MAX_BLOCK_DEPTH = 32;

// The names of forms stand for messages: see `issueData` in shared/protocol.
const idSchema = z.string().regex(/^[A-Za-z0-9_-]{1,64}$/, 'id');

const pointSchema = z.looseObject({ x: z.number(), y: z.number() });
export type Point = z.infer<typeof pointSchema>;

export const nodeInstanceSchema = z.looseObject({
  /** Unique in the document and never changed: weights of a run are keyed by it. */
  id: idSchema,
  /** Kind of a registered node type. An unknown kind is kept as a placeholder. */
  kind: z.string().min(1).max(64),
  /** What people call it; the kind's title where absent. */
  title: z.string().max(200).optional(),
  /** By the kind's schema; where that wants a number, a text `=4*width` may stand for it. */
  params: jsonObjectSchema,
  /** No optimiser trains it. */
  frozen: z.boolean().optional(),
  /** Takes no part: a bypassed node hands on what comes in, a muted one hands on nothing. */
  off: z.enum(['bypassed', 'muted']).optional(),
  position: pointSchema,
});
export type NodeInstance = z.infer<typeof nodeInstanceSchema>;

const endpointSchema = z.looseObject({ node: idSchema, port: idSchema });
/** The most points that a wire may be led through. */
export const MAX_WIRE_POINTS = 64;

/** A wire. The order of edges into a port that takes several is the order of its values. */
export const edgeSchema = z.looseObject({
  from: endpointSchema,
  to: endpointSchema,
  /** Places that it is led through on the canvas, from the output on; a run knows nothing of them. */
  via: z.array(pointSchema).max(MAX_WIRE_POINTS).optional(),
});
export type Edge = z.infer<typeof edgeSchema>;

export const frameColors = ['neutral', 'teal', 'blue', 'violet', 'orange', 'pink', 'green'] as const;

/** A titled area behind the cards that lie in it. It says what belongs together and takes no part in a run. */
export const frameSchema = z.looseObject({
  id: idSchema,
  title: z.string().max(200),
  color: z.enum(frameColors).default('neutral'),
  position: pointSchema,
  size: z.looseObject({ width: z.number().min(1), height: z.number().min(1) }),
});
export type Frame = z.infer<typeof frameSchema>;

/** A text on the canvas, in Markdown. It takes no part in a run. */
export const noteSchema = z.looseObject({
  id: idSchema,
  text: z.string().max(20_000),
  color: z.enum(frameColors).default('neutral'),
  position: z.looseObject({ x: z.number(), y: z.number() }),
  size: z.looseObject({ width: z.number().min(1), height: z.number().min(1) }),
});
export type Note = z.infer<typeof noteSchema>;

/** A place inside that a port of a block stands for. */
const innerEndSchema = z.looseObject({
  node: idSchema,
  port: idSchema,
  /** Among the wires into a port that takes several, the place of this one; the last where absent. */
  order: z.int().min(0).max(100_000).optional(),
});

/** A port of a block: what it is called, and the places inside that it stands for. */
const blockInputSchema = z.looseObject({
  id: idSchema,
  title: z.string().max(200).optional(),
  to: z.array(innerEndSchema),
});
export type BlockInput = z.infer<typeof blockInputSchema>;

const blockOutputSchema = z.looseObject({
  id: idSchema,
  title: z.string().max(200).optional(),
  /** Absent while nothing inside is connected to it. */
  from: endpointSchema.optional(),
});
export type BlockOutput = z.infer<typeof blockOutputSchema>;

const innerParamSchema = z.looseObject({ node: idSchema, param: z.string().min(1).max(64) });

/** A parameter of a node inside that each instance may set for itself, under this id. */
const blockParamSchema = z.looseObject({
  id: idSchema,
  title: z.string().max(200).optional(),
  node: idSchema,
  param: z.string().min(1).max(64),
  /** Parameters of other nodes inside that are set along with it, to the same value. */
  also: z.array(innerParamSchema).max(1000).optional(),
});
export type BlockParam = z.infer<typeof blockParamSchema>;

/**
 * A part of a network with ports of its own. A node of kind `block` is an instance of it; ids inside
 * are unique inside.
 */
export const blockSchema = z.looseObject({
  id: idSchema,
  title: z.string().max(200).optional(),
  description: z.string().max(10_000).optional(),
  nodes: z.array(nodeInstanceSchema).max(MAX_NODES),
  edges: z.array(edgeSchema).max(MAX_EDGES),
  inputs: z.array(blockInputSchema).max(64),
  outputs: z.array(blockOutputSchema).max(64),
  params: z.array(blockParamSchema).max(64).optional(),
  /** Name of a lucide icon, and the category of nodes whose colour it has. */
  icon: z.string().max(40).optional(),
  category: z.string().max(40).optional(),
  /** Where the ports stand when the block is open. */
  inputsAt: pointSchema.optional(),
  outputsAt: pointSchema.optional(),
  frames: z.array(frameSchema).max(1000).optional(),
  notes: z.array(noteSchema).max(1000).optional(),
});
export type BlockDefinition = z.infer<typeof blockSchema>;

/** Kind of the nodes that are instances of a block. */
export const BLOCK_KIND = 'block';

/** Parameters of an instance. Those that the definition lets an instance set stand beside these, by their ids. */
export const blockParamsSchema = z.looseObject({
  /** Id of the definition. */
  block: idSchema,
  /** Copies in a row, each with weights of its own: the first output of one feeds the first input of the next. */
  repeat: z.int().min(1).max(256).default(1),
  /** Another instance of the same block, whose weights this one uses. */
  shareWith: idSchema.optional(),
});

export function edgeId(edge: { from: Edge['from']; to: Edge['to'] }): string {
  return `${edge.from.node}.${edge.from.port}>${edge.to.node}.${edge.to.port}`;
}

/** When a run is saved so that it can go on from there; 0 switches an interval off. */
export const checkpointsSchema = z.looseObject({
  everySteps: z.int().min(0).max(1_000_000_000).default(0),
  everyMinutes: z.number().min(0).max(10_000).default(1),
  everyEpochs: z.int().min(0).max(100_000).default(1),
  /** Whenever the figure that early stopping watches is the best so far. */
  best: z.boolean().default(true),
  /** The newest so many are kept, and the best. */
  keep: z.int().min(1).max(1000).default(3),
});

export const variableNameSchema = z
  .string()
  .regex(/^[A-Za-z]\w{0,63}$/, 'variable')
  .refine((name) => !isReservedName(name), 'reserved');

/** A number that expressions such as `=4*width` may name, in place of numbers among the parameters of nodes. */
export const variableSchema = z.looseObject({
  name: variableNameSchema,
  /** A number, or an expression of other variables. */
  value: z.union([z.number(), z.string().regex(/^=/, 'expression').max(1000)]),
  description: z.string().max(1000).optional(),
});
export type Variable = z.infer<typeof variableSchema>;

/** How a run goes; everything about updates lives on the optimiser node, about splits on the data node. */
export const trainingSchema = z.looseObject({
  epochs: z.int().min(1).max(100_000).default(5),
  batchSize: z.int().min(1).max(65_536).default(64),
  seed: z
    .int()
    .min(0)
    .max(2 ** 31 - 1)
    .default(1),
  earlyStopping: z
    .looseObject({
      enabled: z.boolean().default(false),
      /** `loss` or the key of a metric, read on the validation split. */
      monitor: z.string().default('loss'),
      patience: z.int().min(1).max(10_000).default(5),
      minDelta: z.number().min(0).default(0),
    })
    .prefault({}),
  checkpoints: checkpointsSchema.optional(),
  /** Id of a run whose weights a new run begins with, wherever names and shapes agree. */
  startFrom: z.string().min(1).max(120).optional(),
});
export type TrainingSetup = z.infer<typeof trainingSchema>;

export const graphDocumentSchema = z.looseObject({
  format: z.literal(DOCUMENT_FORMAT),
  version: z.literal(DOCUMENT_VERSION),
  name: z.string().max(200),
  description: z.string().max(10_000).optional(),
  variables: z.array(variableSchema).max(1000).optional(),
  nodes: z.array(nodeInstanceSchema).max(MAX_NODES),
  edges: z.array(edgeSchema).max(MAX_EDGES),
  /** Definitions of the blocks that nodes of kind `block` are instances of. */
  blocks: z.array(blockSchema).max(1000).optional(),
  frames: z.array(frameSchema).max(1000).optional(),
  notes: z.array(noteSchema).max(1000).optional(),
  training: trainingSchema.prefault({}),
});
export type GraphDocument = z.infer<typeof graphDocumentSchema>;
