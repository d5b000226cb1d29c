import { fail, ok } from '../protocol/problem.ts';
import { issueData } from '../protocol/schemaIssue.ts';
import type { Command } from './command.ts';
import { type GraphDocument, trainingSchema } from './document.ts';

export interface TrainingPatch {
  readonly epochs?: number;
  readonly batchSize?: number;
  readonly seed?: number;
  readonly earlyStopping?: Partial<GraphDocument['training']['earlyStopping']>;
  /** Undefined: weights of its own. */
  readonly startFrom?: string | undefined;
  readonly checkpoints?: Partial<NonNullable<GraphDocument['training']['checkpoints']>>;
}

/** Changes the training set-up; values outside its limits are refused with a Problem that names them. */
export function setTraining(patch: TrainingPatch): Command {
  const keys = Object.keys(patch).toSorted();
  return {
    label: { key: 'set-training', data: { setting: keys[0] ?? '' } },
    mergeKey: `training:${keys.join(',')}`,
    apply(document) {
      const next = {
        ...document.training,
        ...patch,
        earlyStopping: { ...document.training.earlyStopping, ...patch.earlyStopping },
        ...(patch.checkpoints && {
          checkpoints: { ...document.training.checkpoints, ...patch.checkpoints },
        }),
      };
      const parsed = trainingSchema.safeParse(next);
      if (!parsed.success) {
        const [issue] = parsed.error.issues;
        return fail({
          code: 'training-setting-invalid',
          severity: 'error',
          data: { setting: issue?.path.join('.') ?? '', ...(issue && issueData(issue, next)) },
        });
      }
      return ok({ ...document, training: parsed.data });
    },
  };
}

export function renameDocument(name: string): Command {
  return {
    label: { key: 'rename-document' },
    mergeKey: 'rename',
    apply: (document) => ok({ ...document, name: name.slice(0, 200) }),
  };
}
