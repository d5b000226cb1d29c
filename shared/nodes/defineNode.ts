import type { Tensor } from '@tensorflow/tfjs-core';
import type { z } from 'zod';
import type { Fix } from '../protocol/problem.ts';
import type { DType, PortType, TensorType } from '../types/portType.ts';
import type { Ops, RandomOps, UpdateOps } from './ops.ts';

export type NodeCategory =
  | 'data'
  | 'dense'
  | 'convolution'
  | 'normalization'
  | 'recurrent'
  | 'attention'
  | 'graph'
  | 'generative'
  | 'operation'
  | 'shape'
  | 'activation'
  | 'loss'
  | 'optimizer'
  | 'metric';

export interface PortSpec {
  readonly id: string;
  readonly type: PortType['type'];
  /** Element types it takes; any where absent. Inputs only. */
  readonly dtypes?: readonly DType[];
  /** Takes several wires; `infer` and `forward` see a list in wire order. */
  readonly multiple?: boolean;
  readonly optional?: boolean;
}

/** Starting values of a weight. Fans are those of Glorot and Bengio 2010 / He et al. 2015. */
export type Initializer =
  | { kind: 'zeros' }
  | { kind: 'ones' }
  | { kind: 'constant'; value: number }
  | { kind: 'uniform'; limit: number }
  | { kind: 'normal'; deviation: number }
  /** Saxe et al. 2014; where the last axis is a multiple of the first, one matrix for each gate. */
  | { kind: 'orthogonal'; gain: number }
  | {
      kind: 'glorot-uniform' | 'glorot-normal' | 'he-uniform' | 'he-normal' | 'lecun-normal';
      fanIn: number;
      fanOut: number;
    };

export interface WeightSpec {
  readonly shape: readonly number[];
  readonly init: Initializer;
  /** False for running state such as batch-norm averages. */
  readonly trainable: boolean;
}

export interface ForwardContext {
  readonly ops: Ops;
  readonly training: boolean;
  readonly random: RandomOps;
  /** Sets running state; takes effect only in the program that trains the node's scope. */
  update(state: string, value: Tensor): void;
}

/** What a data service found out about a source; shape inference builds on it. */
export interface DatasetFacts {
  /** Per output port, type with a symbolic batch. */
  readonly outputs: Readonly<Record<string, TensorType>>;
  readonly splits: { readonly train: number; readonly validation: number; readonly test: number };
  /** Every batch is given the same values, whatever its size: beside other data it counts no samples. */
  readonly sameInEveryBatch?: boolean;
  /** What is wrong with the source; with an error there are no outputs. */
  readonly problems?: readonly NodeProblem[];
}

/** A problem found by a node's own `infer`; the compiler adds the place. */
export interface NodeProblem {
  readonly code: string;
  readonly port?: string;
  readonly param?: string;
  /** Which wire of `port`, where it takes several: it becomes the problem's edge. */
  readonly wire?: number;
  readonly data: Readonly<Record<string, string | number | boolean>>;
  /**
   * What would mend it; of several, the first that applies. The compiler fills in what a node cannot
   * know: an empty `edgeId` becomes the wire into `port`, and a `set-param` with an empty `nodeId` goes
   * to the nearest node upstream of `port` that has the parameter and decides the last dimension.
   */
  readonly fix?: Fix | readonly Fix[];
  /**
   * Last dimensions that would mend it, by wire of `port`. They come before `fix`: the compiler looks for the nearest
   * node upstream that decides one and not those of the other wires.
   */
  readonly widths?: readonly { readonly wire: number; readonly value: number }[];
  readonly severity?: 'error' | 'warning';
}

export type Inputs = Readonly<Record<string, TensorType>>;
export type InputLists = Readonly<Record<string, readonly TensorType[]>>;
export interface InferArgs<P> {
  /** Type at each connected input port that takes one wire. */
  readonly inputs: Inputs;
  /** Types at each port that takes several. */
  readonly lists: InputLists;
  readonly params: P;
  readonly facts: DatasetFacts | undefined;
  /** Id of the node, for fixes that change it. */
  readonly nodeId: string;
}
export type InferResult =
  | { readonly outputs: Readonly<Record<string, PortType>>; readonly warnings?: readonly NodeProblem[] }
  /** `outputs` where they are known in spite of the problem, so that what follows can be checked too. */
  | { readonly problem: NodeProblem; readonly outputs?: Readonly<Record<string, PortType>> };

/** English texts of a node type; other languages add files of the same form. */
export interface NodeText {
  readonly title: string;
  /** One line: what it does. */
  readonly description: string;
  readonly params: Readonly<
    Record<string, { label: string; help?: string; options?: Readonly<Record<string, string>> }>
  >;
  readonly ports: Readonly<Record<string, string>>;
  /** Words people may search for. */
  readonly aliases: readonly string[];
}

/** What a student should take away from a node; shown on the inspector's Learn tab. */
export interface NodeLesson {
  /** A few sentences: what it does, when one takes it, what to watch for. */
  readonly summary: string;
  /** In plain Unicode, e.g. `y = x·W + b`. */
  readonly formula?: string;
  readonly references: readonly { readonly title: string; readonly url?: string }[];
}

/**
 * How a node is written in another framework: for code export, and the judge of the parity tests.
 * In `call`, `{x}` stands for the value at input port x (`{values}` for a list), `{self}` for the
 * module; the expression gives the output, or a tuple in the order of the output ports. Tensors are in
 * our own layout (channels last), so a call may have to permute; whole numbers are int64 in PyTorch.
 */
export interface NodeSource {
  /** e.g. `nn.Linear(784, 256)`; absent for a plain function. */
  readonly module?: string;
  readonly call: string;
  /**
   * By our weight: attribute of the module, and what turns our array into it, as an expression of `{w}`
   * (a tensor of the framework).
   */
  readonly weights?: Readonly<Record<string, { readonly name: string; readonly value?: string }>>;
  /** Attributes of the module that our layer does not have: to be filled with zeros. */
  readonly zeros?: readonly string[];
}

export interface NodeExample {
  readonly name: string;
  /** Input types with concrete sizes; a list for a port that takes several. */
  readonly inputs: Readonly<Record<string, PortType | readonly PortType[]>>;
  /** By input port, the numbers to try it with; where absent [−1, 1), whole numbers 0 and 1. */
  readonly ranges?: Readonly<Record<string, readonly [number, number]>>;
  readonly params: Readonly<Record<string, unknown>>;
  /** The shapes that inference must give; of a dataset, those of one sample. A loss is a scalar, `[]`. */
  readonly outputs: Readonly<Record<string, readonly number[]>>;
  readonly parameterCount?: number;
  /** What looking at the source gives, for a dataset that must be looked at. */
  readonly facts?: DatasetFacts;
}

interface NodeBase<S extends z.ZodObject> {
  /** Serialised; never renamed. Kebab case, same word as the file. */
  readonly kind: string;
  readonly category: NodeCategory;
  /** Name of a lucide icon, kebab case. */
  readonly icon: string;
  readonly text: NodeText;
  readonly params: S;
  readonly ports: { readonly inputs: readonly PortSpec[]; readonly outputs: readonly PortSpec[] };
  /** What is wrong with parameters that fit the schema, whatever comes in. */
  checkParams?(args: { readonly params: z.infer<S>; readonly nodeId: string }): NodeProblem | undefined;
  infer(args: InferArgs<z.infer<S>>): InferResult;
  /** The one or two lines on the card: what matters of the parameters, e.g. `32 filters · 3×3 · same`. */
  summary(params: z.infer<S>): readonly string[];
  readonly examples: readonly NodeExample[];
  readonly lesson?: NodeLesson;
  /**
   * Expressions for PyTorch (`torch`, `nn`, `F` in scope) and Keras 3 (`keras`, `ops` in scope);
   * undefined where the framework has no such thing.
   */
  readonly sources?: {
    pytorch?(args: InferArgs<z.infer<S>>): NodeSource | undefined;
    keras?(args: InferArgs<z.infer<S>>): NodeSource | undefined;
  };
}

export interface ForwardArgs<P> {
  readonly ctx: ForwardContext;
  readonly inputs: Readonly<Record<string, Tensor>>;
  readonly lists: Readonly<Record<string, readonly Tensor[]>>;
  readonly weights: Readonly<Record<string, Tensor>>;
  readonly params: P;
}

interface Computes<P> {
  weights?(args: InferArgs<P>): Readonly<Record<string, WeightSpec>>;
  /** Floating-point operations of one forward pass for one sample (a multiply-add counts as two). */
  flops?(args: InferArgs<P> & { outputs: Readonly<Record<string, PortType>> }): number;
  /** The largest tensor that its forward pass makes on the way, where that is more than comes in or goes out. */
  inside?(args: InferArgs<P>): TensorType | undefined;
  forward(args: ForwardArgs<P>): Readonly<Record<string, Tensor>>;
  /** Its gradient is, on purpose, not the slope of its output, e.g. none or the opposite. */
  readonly ownGradient?: boolean;
  /** Its forward pass uses `ops.gradient`: programs that contain it differentiate twice. */
  readonly differentiatesTwice?: boolean;
}

export interface LayerNode<S extends z.ZodObject = z.ZodObject> extends NodeBase<S>, Computes<z.infer<S>> {
  readonly role: 'layer';
}

export interface LossNode<S extends z.ZodObject = z.ZodObject> extends NodeBase<S>, Computes<z.infer<S>> {
  readonly role: 'loss';
  /**
   * The input port whose value is the network's answer, and how the answer is read; absent where a
   * loss judges no answer (a penalty, a sum of losses, an adversarial loss).
   */
  readonly prediction?: {
    readonly port: string;
    readonly target: string;
    readonly activation: AnswerActivation | ((params: z.infer<S>) => AnswerActivation);
  };
}

/** What makes the answer of a prediction: probabilities of classes, of each number, or the number itself. */
export type AnswerActivation = 'softmax' | 'sigmoid' | 'linear';

export interface MetricNode<S extends z.ZodObject = z.ZodObject> extends NodeBase<S> {
  readonly role: 'metric';
  /** Key in metric records, e.g. `accuracy`. */
  readonly metricKey: string;
  readonly format: 'percent' | 'number';
  readonly better: 'higher' | 'lower';
  /** The input port in whose units the figure is: where its numbers are normalised, the figure is not. */
  readonly inUnitsOf?: string;
  /** Sums that add up over batches: numbers, or lists of one axis (`metricSums.ts` gives them back). */
  accumulate(args: ForwardArgs<z.infer<S>>): Readonly<Record<string, Tensor>>;
  finish(sums: Readonly<Record<string, number>>): number;
}

export interface OptimizerNode<S extends z.ZodObject = z.ZodObject> extends NodeBase<S> {
  readonly role: 'optimizer';
  learningRate(params: z.infer<S>): number;
  /** Names of the slots each weight needs, all starting at zero. */
  slots(params: z.infer<S>): readonly string[];
  /** Called once per weight while the training step is traced. */
  update(update: UpdateOps, params: z.infer<S>): void;
}

export interface DatasetNode<S extends z.ZodObject = z.ZodObject> extends NodeBase<S> {
  readonly role: 'dataset';
  /** Name of the loader in main/engine/data. */
  readonly loader: string;
  /** Ports of a text and of the same text one token on: what a language model learns from. */
  readonly continuation?: { readonly text: string; readonly next: string };
  /** What is known without reading the data; absent where it must be looked at first. */
  knownFacts?(params: z.infer<S>): DatasetFacts;
  /** A person's own file or folder, which the parameter `path` names: a data service must look at it. */
  readonly picks?: { readonly kind: 'file' | 'folder'; readonly endings: readonly string[] };
}

export type NodeDefinition = LayerNode | LossNode | MetricNode | OptimizerNode | DatasetNode;

// Definitions are written with their own parameter type and stored with the general one:
// the compiler parses `params` with the definition's schema before any of these is called.
export function defineLayer<S extends z.ZodObject>(node: Omit<LayerNode<S>, 'role'>): LayerNode {
  return { ...node, role: 'layer' } as unknown as LayerNode;
}
export function defineLoss<S extends z.ZodObject>(node: Omit<LossNode<S>, 'role'>): LossNode {
  return { ...node, role: 'loss' } as unknown as LossNode;
}
export function defineMetric<S extends z.ZodObject>(node: Omit<MetricNode<S>, 'role'>): MetricNode {
  return { ...node, role: 'metric' } as unknown as MetricNode;
}
export function defineOptimizer<S extends z.ZodObject>(node: Omit<OptimizerNode<S>, 'role'>): OptimizerNode {
  return { ...node, role: 'optimizer' } as unknown as OptimizerNode;
}
export function defineDataset<S extends z.ZodObject>(node: Omit<DatasetNode<S>, 'role'>): DatasetNode {
  return { ...node, role: 'dataset' } as unknown as DatasetNode;
}
