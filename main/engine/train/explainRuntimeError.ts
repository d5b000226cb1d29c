import { engineFailure } from '#main/services/engineFailure.ts';
import { outerNodeId } from '#shared/compile/expandBlocks.ts';
import type { Plan } from '#shared/compile/plan.ts';
import type { EngineFailure } from '#shared/protocol/run.ts';

/** As TensorFlow, TensorFlow.js and our kernels put it: the number, then how many there are (or the last one). */
const beyond = [
  / = (?<index>-?\d+) is (?:not in|out of range) \[0, (?<count>\d+)\)/,
  /index value (?<index>-?\d+) is not in \[0, (?<last>\d+)\]/,
  /label (?<index>-?\d+) of row \d+ is none of the (?<count>\d+) classes/,
];

/**
 * An error of the library with the node in which it happened: `place` where that is known, else by the name of the
 * operation that the error tells. Any other failure, and one without a place, as it is.
 */
export function explainRuntimeError(
  failure: EngineFailure,
  plan: Plan,
  place: string | undefined,
): EngineFailure {
  if (failure.code !== 'engine-error') return failure;
  const told = String(failure.data?.detail ?? '');
  const node = place ?? nodeOfOperation(told, plan);
  if (node === undefined) return failure;
  const nodeId = outerNodeId(node);
  for (const pattern of beyond) {
    const { index, count, last } = pattern.exec(told)?.groups ?? {};
    if (index === undefined) continue;
    const data = { node, index: Number(index), last: last === undefined ? Number(count) - 1 : Number(last) };
    return { ...engineFailure('runtime-error', 'index-beyond', data), nodeId };
  }
  const [detail = ''] = told.split('\n');
  return { ...engineFailure('runtime-error', 'engine-error-at', { node, detail }), nodeId };
}

/** TensorFlow ends its errors with `{{node program0/update/adam/dense/MatMul}}`. */
function nodeOfOperation(told: string, plan: Plan): string | undefined {
  const name = /\{\{node ([^}\s]+)\}\}/.exec(told)?.[1];
  if (name === undefined) return undefined;
  let found: string | undefined;
  let end = 0;
  for (const { path } of plan.nodes) {
    const at = name.lastIndexOf(`/${path}/`);
    if (at < 0 || at + path.length <= end) continue;
    found = path;
    end = at + path.length;
  }
  return found;
}
