import { engineFailure } from '#main/services/engineFailure.ts';
import { dataPortKey, dataPortType } from '#shared/compile/dataPorts.ts';
import type { Plan } from '#shared/compile/plan.ts';
import type { ClassValues, TensorValue } from '#shared/protocol/run.ts';
import { inOwnUnits, ownUnitsOf } from '#shared/types/ownUnits.ts';
import { formatShape } from '#shared/types/portType.ts';
import { EngineError } from '../failures.ts';
import type { Batch, BatchValue } from '../runtime.ts';
import type { OpenModel } from '../train/liveRun.ts';
import { predictionTask } from './classifyTask.ts';

/** The network's answer to values that came from elsewhere: a drawn digit, a file. */
export async function predictRun(
  model: OpenModel,
  inputs: Readonly<Record<string, TensorValue>>,
): Promise<{ outputs: Record<string, TensorValue>; labels: string[] | null; classValues: ClassValues }> {
  const { plan, session, lock } = model;
  const { labels, classValues } = predictionTask(plan);
  const values: Record<string, BatchValue> = {};
  let size: number | null = null;
  for (const { path, facts } of plan.datasets) {
    for (const [port, type] of Object.entries(facts.outputs)) {
      const value = inputs[port] ?? inputs[`${path}.${port}`];
      if (!value) continue;
      const matches =
        value.shape.length === type.shape.length &&
        type.shape.every((dim, axis) => typeof dim === 'string' || dim === value.shape[axis]);
      const count = value.shape.reduce((product, dim) => product * dim, 1);
      const batch = value.shape[0] ?? 0;
      if (!matches || count !== value.data.length || batch < 1 || (size !== null && size !== batch)) {
        throw new EngineError({
          ...engineFailure('data-unavailable', 'input-shape', {
            port,
            shape: formatShape(value.shape),
            values: value.data.length,
            expected: formatShape(type.shape),
          }),
          nodeId: path,
        });
      }
      size = batch;
      values[`${path}.${port}`] = {
        shape: value.shape,
        dtype: type.dtype === 'int32' ? 'int32' : 'float32',
        data: type.dtype === 'int32' ? Int32Array.from(value.data) : value.data,
      };
    }
  }
  if (size === null) {
    const ports = plan.datasets.flatMap(({ facts }) => Object.keys(facts.outputs));
    throw new EngineError(engineFailure('data-unavailable', 'no-input', { ports: ports.join(', ') }));
  }
  const batch: Batch = { size, values };
  const answers = await lock.run(() => session.predict(batch));
  const outputs = Object.fromEntries(
    Object.entries(answers).map(([lossPath, value]) => [lossPath, inUnitsOfTarget(plan, lossPath, value)]),
  );
  return { outputs, labels: labels && [...labels], classValues };
}

/** Of a target that is normalised, the prediction in the target's own units. */
function inUnitsOfTarget(plan: Plan, lossPath: string, value: TensorValue): TensorValue {
  const target = plan.predictions.find((prediction) => prediction.lossPath === lossPath)?.target;
  const key = target ? dataPortKey(plan, target) : null;
  const units = key === null ? undefined : ownUnitsOf(dataPortType(plan, key));
  if (!units) return value;
  return { shape: value.shape, data: Float32Array.from(inOwnUnits([...value.data], units)) };
}
