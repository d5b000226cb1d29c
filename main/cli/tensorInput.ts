import { formatCount } from '#shared/i18n/formatCount.ts';
import type { TensorValue } from '#shared/protocol/run.ts';
import { formatShape, type TensorType } from '#shared/types/portType.ts';
import { inputError } from './graphInput.ts';

/**
 * Tensors from JSON: `{"image": […]}` by port, or only the numbers of the first port. The nesting
 * does not matter, the count does: it must be one sample or a whole number of them.
 */
export function readTensors(
  text: string,
  file: string,
  ports: Readonly<Record<string, TensorType>>,
): Record<string, TensorValue> {
  let content: unknown;
  try {
    content = JSON.parse(text);
  } catch (error) {
    throw inputError('invalid-input', 'input-not-json', {
      file,
      detail: error instanceof Error ? error.message : String(error),
    });
  }
  const [firstPort] = Object.keys(ports);
  if (firstPort === undefined) throw inputError('invalid-input', 'network-without-input');
  const byPort: Record<string, unknown> =
    typeof content === 'object' && content !== null && !Array.isArray(content)
      ? { ...content }
      : { [firstPort]: content };

  const tensors: Record<string, TensorValue> = {};
  for (const [port, value] of Object.entries(byPort)) {
    const type = ports[port];
    if (!type) {
      throw inputError('invalid-input', 'input-port-unknown', {
        file,
        port,
        ports: Object.keys(ports).join(', '),
      });
    }
    const sampleShape = type.shape.slice(1).map(Number);
    const sampleSize = sampleShape.reduce((product, dim) => product * dim, 1);
    const numbers = flatten(value, file, port);
    if (numbers.length === 0 || numbers.length % sampleSize !== 0) {
      throw inputError('invalid-input', 'input-count', {
        file,
        port,
        count: formatCount(numbers.length),
        shape: formatShape(sampleShape),
        size: formatCount(sampleSize),
      });
    }
    tensors[port] = {
      shape: [numbers.length / sampleSize, ...sampleShape],
      data: Float32Array.from(numbers),
    };
  }
  return tensors;
}

function flatten(value: unknown, file: string, port: string): number[] {
  const numbers: number[] = [];
  const waiting: unknown[] = [value];
  while (waiting.length > 0) {
    const next = waiting.pop();
    if (typeof next === 'number') numbers.push(next);
    else if (Array.isArray(next)) for (let i = next.length - 1; i >= 0; i -= 1) waiting.push(next[i]);
    else throw inputError('invalid-input', 'input-not-numbers', { file, port });
  }
  return numbers;
}
