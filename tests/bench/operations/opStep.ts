import * as tf from '@tensorflow/tfjs-core';
import {
  type CallHandle,
  type NeuroloomAddon,
  type SessionHandle,
  type TensorData,
  TfType,
} from '#main/engine/addon/neuroloomAddon.ts';
import { gradientsOf } from '#main/engine/ops/tapeGradient.ts';
import {
  defaultExecution,
  runOptions,
  sessionConfig,
} from '#main/engine/runtimes/tensorflow/sessionConfig.ts';
import { boolAttr, float32Type, GraphBuilder } from '#main/engine/trace/graphBuilder.ts';
import { registerTfjsNode } from '#main/engine/trace/tfjsNode.ts';
import { VariableStore } from '#main/engine/trace/variableStore.ts';
import type { Ops } from '#shared/nodes/ops.ts';

export type Tensors = Readonly<Record<string, tf.Tensor>>;

/** A loss written in operations alone, with the sizes of a workload of the peers. */
export interface OpWorkload {
  readonly name: string;
  /** Its name in the peers' scripts. */
  readonly peer?: string;
  readonly weights: Readonly<Record<string, readonly number[]>>;
  readonly inputs: Readonly<Record<string, { shape: readonly number[]; below?: number }>>;
  loss(ops: Ops, weights: Tensors, inputs: Tensors): tf.Tensor;
}

const count = (shape: readonly number[]): number => shape.reduce((product, dim) => product * dim, 1);

/** Forward, backward and Adam as one recorded call. */
export class OpStep {
  readonly #addon: NeuroloomAddon;
  readonly #session: SessionHandle;
  readonly #call: CallHandle;
  readonly #data: TensorData[];
  readonly operations: number;

  static async create(
    addon: NeuroloomAddon,
    ops: Ops,
    workload: OpWorkload,
    threads: number,
  ): Promise<OpStep> {
    const backend = await registerTfjsNode(addon);
    const graph = new GraphBuilder(addon, { record: true });
    const session = addon.createSession(graph.handle, sessionConfig(defaultExecution, threads));
    const slots = Object.entries(workload.weights).flatMap(([key, shape]) =>
      ['', '@m', '@v'].map((suffix) => ({ key: `${key}${suffix}`, shape, role: 'weight' as const })),
    );
    const variables = new VariableStore(addon, graph, session, slots);
    let state = 1;
    const random = () => {
      state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
      return state / 2 ** 32;
    };
    await variables.assign(
      new Map(
        slots.map(({ key, shape }) => [
          key,
          Float32Array.from({ length: count(shape) }, () => (key.includes('@') ? 0 : 0.1 * (random() - 0.5))),
        ]),
      ),
    );
    const feeds: { output: number; dtype: number; shape: readonly number[] }[] = [];
    const data: TensorData[] = [];
    const { loss, targets } = backend.trace(graph, () => {
      const inputs = Object.fromEntries(
        Object.entries(workload.inputs).map(([name, { shape, below }]) => {
          const dtype = below === undefined ? TfType.float32 : TfType.int32;
          const placeholder = graph.placeholder(dtype, shape);
          feeds.push({ output: placeholder.id, dtype, shape });
          data.push(
            below === undefined
              ? Float32Array.from({ length: count(shape) }, random)
              : Int32Array.from({ length: count(shape) }, () => Math.floor(random() * below)),
          );
          return [name, tf.keep(backend.tensorOf({ ...placeholder, shape }))];
        }),
      );
      const reads: number[] = [];
      const weights = Object.fromEntries(
        Object.entries(workload.weights).map(([key, shape]) => {
          const read = variables.read(graph, key);
          reads.push(read.operation);
          const [output] = read.outputs;
          if (!output) throw new Error(key);
          return [key, tf.keep(backend.tensorOf({ ...output, shape }))];
        }),
      );
      let found: tf.Tensor | undefined;
      const gradients = gradientsOf(() => {
        found = tf.keep(workload.loss(ops, weights, inputs));
        return found;
      }, Object.values(weights));
      const number = (value: number) => graph.constant(TfType.float32, [], Float32Array.of(value)).id;
      const applied = Object.keys(weights).map((key, index) => {
        const gradient = gradients[index];
        if (!gradient) throw new Error(`${key} has no gradient`);
        return graph.add(
          'ResourceApplyAdam',
          [
            ...['', '@m', '@v'].map((suffix) => variables.handle(`${key}${suffix}`)),
            ...[0, 0, 1e-3, 0.9, 0.999, 1e-8].map(number),
            backend.outputOf(gradient),
          ],
          [float32Type, boolAttr('use_locking', false), boolAttr('use_nesterov', false)],
          { controls: reads },
        ).operation;
      });
      return { loss: backend.outputOf(found as tf.Tensor), targets: applied };
    });
    const call = addon.prepareCall(session, feeds, [loss], targets, runOptions(defaultExecution));
    return new OpStep({ addon, session, call, data, operations: graph.recorded.length });
  }

  private constructor(parts: {
    addon: NeuroloomAddon;
    session: SessionHandle;
    call: CallHandle;
    data: TensorData[];
    operations: number;
  }) {
    this.#addon = parts.addon;
    this.#session = parts.session;
    this.#call = parts.call;
    this.#data = parts.data;
    this.operations = parts.operations;
  }

  /** Milliseconds a step, and of the processor's: on a busy machine they tell more. */
  async time(steps: number): Promise<{ ms: number; processor: number }> {
    const start = performance.now();
    const before = process.cpuUsage();
    for (let i = 0; i < steps; i += 1) await this.#addon.runCall(this.#call, this.#data);
    const { user, system } = process.cpuUsage(before);
    return { ms: (performance.now() - start) / steps, processor: (user + system) / 1000 / steps };
  }

  close(): void {
    this.#addon.closeSession(this.#session);
  }
}
