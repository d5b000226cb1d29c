import * as tf from '@tensorflow/tfjs-core';
import {
  backpropagateGradients,
  getFilteredNodesXToY,
  type TapeNode,
} from '@tensorflow/tfjs-core/dist/tape.js';

/**
 * The gradients of a scalar `f()` with respect to `xs`; undefined where it does not depend on one.
 * `f` may itself ask for gradients by `tapeGradient`.
 */
export function gradientsOf(
  f: () => tf.Tensor,
  xs: readonly tf.Tensor[],
): readonly (tf.Tensor | undefined)[] {
  const { grads } = tf.engine().gradients(
    () => {
      const y = f();
      settleTape(activeTape());
      return y as tf.Scalar;
    },
    [...xs],
    undefined,
    true,
  );
  return grads;
}

/** Runs `body` with a tape, for a pass that asks for gradients but is not itself differentiated. */
export function withTape<T>(body: () => T): T {
  const engine = tf.engine();
  const { state } = engine;
  if (state.gradientDepth > 0) return body();
  state.activeTape = [];
  state.gradientDepth += 1;
  try {
    return body();
  } finally {
    state.gradientDepth -= 1;
    for (const { saved } of state.activeTape) for (const tensor of saved ?? []) tensor.dispose();
    state.activeTape = [];
  }
}

/** Whether what is computed now will be differentiated (again). */
export const isRecorded = (): boolean =>
  tf.engine().state.gradientDepth > 0 && tf.engine().state.kernelDepth === 0;

/**
 * ∂(sum of y)/∂x from the tape of the pass that is running; what it computes is on the same tape and
 * so differentiable again. Zero where y does not depend on x.
 */
export function tapeGradient(y: tf.Tensor, x: tf.Tensor): tf.Tensor {
  return gradientOfSum(y, [x])[0] ?? tf.zerosLike(x);
}

/** The same with respect to several; undefined where y does not depend on one. */
export function gradientOfSum(y: tf.Tensor, xs: readonly tf.Tensor[]): (tf.Tensor | undefined)[] {
  const tape = activeTape();
  settleTape(tape);
  const nodes = getFilteredNodesXToY([...tape], [...xs], y);
  const accumulated: Record<number, tf.Tensor> = { [y.id]: tf.onesLike(y) };
  backpropagateGradients(
    accumulated,
    nodes,
    (body) => tf.tidy(body as () => tf.Tensor),
    (a, b) => tf.add(a, b),
  );
  return xs.map((x) => accumulated[x.id]);
}

function activeTape(): TapeNode[] {
  const { state } = tf.engine();
  if (state.gradientDepth === 0) {
    throw new Error('a gradient was asked for in a pass that is not recorded');
  }
  return state.activeTape;
}

/**
 * Brings a tape into the order that TensorFlow.js takes it to have. An operation that keeps its output
 * for its gradient (tanh, exp, softmax…) writes the copy before itself, so that what is computed from
 * the copy seems not to depend on anything: silently wrong second-order gradients. And no gradient goes
 * through what is not float, of which TensorFlow.js knows only in part; what such operations keep is freed
 * here, since the pass frees at its end what is on the tape then.
 */
function settleTape(tape: TapeNode[]): void {
  const producers = new Map<number, TapeNode>();
  for (const node of tape) for (const output of node.outputs) producers.set(output.id, node);
  const seen = new Set<TapeNode>();
  const ordered: TapeNode[] = [];
  const place = (node: TapeNode): void => {
    if (seen.has(node)) return;
    seen.add(node);
    for (const input of Object.values(node.inputs)) {
      const producer = producers.get(input.id);
      if (producer) place(producer);
    }
    ordered.push(node);
  };
  for (const node of tape) place(node);
  let settled = 0;
  for (const node of ordered) {
    if (!node.outputs.some(({ dtype }) => dtype === 'float32')) {
      for (const tensor of node.saved ?? []) tensor.dispose();
      continue;
    }
    tape[settled] = node;
    settled += 1;
  }
  tape.length = settled;
}
