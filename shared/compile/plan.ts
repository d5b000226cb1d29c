import type { TrainingSetup } from '../graph/document.ts';
import type { DatasetFacts, WeightSpec } from '../nodes/defineNode.ts';
import type { Problem } from '../protocol/problem.ts';
import type { PortType, TensorType } from '../types/portType.ts';

/** What the editor shows of one node while it is being wired. */
export interface NodeAnalysis {
  readonly nodeId: string;
  readonly inputs: Readonly<Record<string, readonly PortType[]>>;
  /** Absent ports could not be inferred. */
  readonly outputs: Readonly<Record<string, PortType>>;
  /** The largest tensor that it makes on the way, where that is more than its outputs. */
  readonly inside?: TensorType;
  readonly weights: Readonly<Record<string, WeightSpec>>;
  /** Trainable numbers. */
  readonly parameterCount: number;
  /** Forward FLOPs for one sample. */
  readonly flops: number;
  /** Bytes of its outputs, and of what it makes on the way, for one sample, float32. */
  readonly activationBytes: number;
}

export interface Analysis {
  readonly nodes: ReadonlyMap<string, NodeAnalysis>;
  /** Type on each wire, by edge id. */
  readonly edges: ReadonlyMap<string, PortType>;
  readonly problems: readonly Problem[];
  /**
   * Nodes that no loss, metric or optimiser depends on. A run leaves them out, so that their errors
   * do not keep it from starting: whether it can start is what `createPlan` says.
   */
  readonly unused: ReadonlySet<string>;
  readonly totals: { readonly parameters: number; readonly flops: number; readonly activationBytes: number };
}

export type FactsByNode = Readonly<Record<string, DatasetFacts>>;

/** The value of one output port of a planned node. */
export interface ValueRef {
  readonly path: string;
  readonly port: string;
}

/** A node ready to run: parameters parsed, types known, weights specified, keyed by instance path. */
export interface PlanNode {
  /** Instance path, the key of weights and random streams. */
  readonly path: string;
  /** The document's node, for problems and live views. */
  readonly nodeId: string;
  readonly kind: string;
  readonly params: Readonly<Record<string, unknown>>;
  readonly inputs: Readonly<Record<string, readonly ValueRef[]>>;
  readonly inputTypes: Readonly<Record<string, readonly PortType[]>>;
  readonly outputTypes: Readonly<Record<string, PortType>>;
  readonly weights: Readonly<Record<string, WeightSpec>>;
  /** Path under which its weights are kept: its own, or that of the node whose weights it shares. */
  readonly weightsPath: string;
  /** No optimiser trains it. */
  readonly frozen?: true;
}

export interface PlanDataset {
  readonly path: string;
  readonly loader: string;
  readonly params: Readonly<Record<string, unknown>>;
  readonly facts: DatasetFacts;
}

export interface PlanOptimizer {
  readonly path: string;
  readonly kind: string;
  readonly params: Readonly<Record<string, unknown>>;
  readonly loss: ValueRef;
  /** Paths of the nodes whose weights it trains. */
  readonly scope: readonly string[];
}

export interface PlanPrediction {
  /** The loss node it belongs to. */
  readonly lossPath: string;
  readonly value: ValueRef;
  readonly type: TensorType;
  readonly target: ValueRef;
  readonly targetType: TensorType;
  readonly activation: 'softmax' | 'sigmoid' | 'linear';
}

/** The document with types and shapes, free of positions and labels. */
export interface Plan {
  /** Every node that takes part (datasets, metrics and optimisers too), in topological order. */
  readonly nodes: readonly PlanNode[];
  readonly datasets: readonly PlanDataset[];
  /** Losses that no other loss consumes: their sum is what a step reports. */
  readonly losses: readonly string[];
  readonly metrics: readonly string[];
  /** In the order of their turns. */
  readonly optimizers: readonly PlanOptimizer[];
  readonly predictions: readonly PlanPrediction[];
  readonly training: TrainingSetup;
}
