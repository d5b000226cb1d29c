import { DIGIT_SIZE } from '#shared/images/digitImage.ts';
import type { HostError, HostOutput } from '#shared/protocol/host.ts';
import type { ClassValues } from '#shared/protocol/run.ts';
import { toHostError } from '../host/hostFailure.ts';
import { callHost } from '../stores/hostStore.ts';

export interface Answer {
  /** A number for each class (see `classValues`); the network's numbers where it answers with no class. */
  readonly values: readonly number[];
  readonly labels: readonly string[] | null;
  readonly classValues: ClassValues;
}

interface Predictor {
  /** Asks for the answer to a digit; while one is asked for, only the newest of the rest waits. */
  ask(digit: Float32Array<ArrayBuffer>): void;
  /** Forgets what waits; an answer under way is dropped. */
  cancel(): void;
}

interface PredictorOptions {
  readonly runId: string;
  /** Port of the data node that images come from. */
  readonly port: string;
  readonly onAnswer: (answer: Answer) => void;
  readonly onError: (error: HostError) => void;
}

function toAnswer({ outputs, labels, classValues }: HostOutput<'run.predict'>): Answer {
  const values = [...(Object.values(outputs)[0]?.data ?? [])];
  return { values, labels, classValues };
}

/** Live answers of a run's network, as fast as the engine gives them and no faster. */
export function createPredictor({ runId, port, onAnswer, onError }: PredictorOptions): Predictor {
  let waiting: Float32Array<ArrayBuffer> | null = null;
  let busy = false;
  let generation = 0;
  const next = async (): Promise<void> => {
    if (busy || !waiting) return;
    busy = true;
    const asked = generation;
    const data = waiting;
    waiting = null;
    try {
      const output = await callHost('run.predict', {
        runId,
        inputs: { [port]: { shape: [1, DIGIT_SIZE, DIGIT_SIZE, 1], data } },
      });
      if (asked === generation) onAnswer(toAnswer(output));
    } catch (cause) {
      if (asked === generation) onError(toHostError(cause));
    } finally {
      busy = false;
      void next();
    }
  };
  return {
    ask(digit) {
      waiting = digit;
      void next();
    },
    cancel() {
      generation++;
      waiting = null;
    },
  };
}
