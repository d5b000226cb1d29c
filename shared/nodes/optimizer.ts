import { z } from 'zod';
import {
  defineOptimizer,
  type NodeExample,
  type NodeLesson,
  type NodeProblem,
  type NodeText,
  type OptimizerNode,
} from './defineNode.ts';
import type { UpdateOps } from './ops.ts';
import {
  type OptimizerSettings,
  optimizerSettingsShape,
  optimizerSettingsTexts,
} from './optimizerSettings.ts';

type ParamText = NodeText['params'][string];

/** What every optimiser has, whatever its formula. */
export interface CommonParams extends OptimizerSettings {
  readonly learningRate: number;
  readonly weightDecay: number;
}

const commonTexts: Readonly<Record<keyof CommonParams, ParamText>> = {
  ...optimizerSettingsTexts,
  learningRate: { label: 'Learning rate' },
  weightDecay: { label: 'Weight decay', help: 'Pulls weights towards zero.' },
};

/** Texts of hyperparameters that several optimisers have. */
export const hyperTexts = {
  beta1: { label: 'β₁', help: 'Memory of the mean gradient.' },
  beta2: { label: 'β₂', help: 'Memory of the squared gradient.' },
  epsilon: { label: 'Epsilon', help: 'Added to the divisor, against division by zero.' },
  momentum: { label: 'Momentum', help: 'How much of the last step is kept.' },
} as const satisfies Record<string, ParamText>;

export const betaParam = (value: number) =>
  z.number().min(0).max(0.999999).default(value).meta({ step: 0.01 });
export const epsilonParam = (value: number) =>
  z.number().min(1e-12).max(1).default(value).meta({ scale: 'log' });
export const momentumParam = (value: number) =>
  z.number().min(0).max(0.9999).default(value).meta({ step: 0.05 });

type Params<S extends z.ZodRawShape> = z.infer<z.ZodObject<S>> & CommonParams;

/** An optimiser by its formula. */
interface UpdateRule<S extends z.ZodRawShape> {
  readonly kind: string;
  readonly icon: string;
  readonly title: string;
  readonly description: string;
  readonly aliases: readonly string[];
  /** Starting values of the parameters that every optimiser has; 0.001 and 0 where absent. */
  readonly defaults?: Partial<Pick<CommonParams, 'learningRate' | 'weightDecay'>>;
  readonly params: S;
  readonly texts: Readonly<Record<keyof S, ParamText>>;
  warnings?(params: Params<S>, nodeId: string): readonly NodeProblem[];
  slots(params: Params<S>): readonly string[];
  update(update: UpdateOps, params: Params<S>): void;
  /** The line of the card after that of the learning rate. */
  summary(params: Params<S>): string;
  readonly examples: readonly Pick<NodeExample, 'name' | 'params'>[];
  readonly lesson: NodeLesson;
}

/** An optimiser node of a formula, with the parameters that all of them have. */
export function defineUpdateRule<S extends z.ZodRawShape>(rule: UpdateRule<S>): OptimizerNode {
  const { learningRate = 0.001, weightDecay = 0 } = rule.defaults ?? {};
  const params: z.ZodObject = z.object({
    learningRate: z.number().min(1e-10).max(100).default(learningRate).meta({ scale: 'log' }),
    ...rule.params,
    weightDecay: z.number().min(0).max(1).default(weightDecay).meta({ scale: 'log' }),
    ...optimizerSettingsShape,
  });
  // The compiler parses with the schema above before any of the functions below is called.
  const typed = (values: unknown) => values as Params<S>;
  return defineOptimizer({
    kind: rule.kind,
    category: 'optimizer',
    icon: rule.icon,
    text: {
      title: rule.title,
      description: rule.description,
      params: { ...commonTexts, ...rule.texts },
      ports: { loss: 'loss' },
      aliases: ['optimiser', 'optimizer', ...rule.aliases],
    },
    params,
    ports: { inputs: [{ id: 'loss', type: 'loss' }], outputs: [] },
    infer: (args) => ({ outputs: {}, warnings: rule.warnings?.(typed(args.params), args.nodeId) ?? [] }),
    learningRate: (values) => typed(values).learningRate,
    slots: (values) => rule.slots(typed(values)),
    update: (update, values) => rule.update(update, typed(values)),
    summary: (values) => [rateSummary(typed(values)), rule.summary(typed(values))],
    examples: rule.examples.map((example) => ({ ...example, inputs: {}, outputs: {}, parameterCount: 0 })),
    lesson: rule.lesson,
  });
}

function rateSummary({ learningRate, schedule }: CommonParams): string {
  const name = schedule === 'constant' ? undefined : optimizerSettingsTexts.schedule.options?.[schedule];
  return name ? `lr ${learningRate} · ${name.toLowerCase()}` : `lr ${learningRate}`;
}
