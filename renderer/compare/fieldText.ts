import type { FieldChange } from '#shared/graph/compareDocuments.ts';
import { definitionOf } from '#shared/graph/definitionOf.ts';
import type { GraphDocument, NodeInstance } from '#shared/graph/document.ts';
import type { JsonValue } from '#shared/protocol/json.ts';
import { i18n } from '../i18n/i18n.ts';
import { definitionText } from '../i18n/nodeText.ts';
import { formatValue } from '../ui/format.ts';

/** A value that differs, in words. */
export interface FieldText {
  readonly label: string;
  readonly from: string;
  readonly to: string;
}

const LONGEST = 80;

const short = (text: string): string => (text.length > LONGEST ? `${text.slice(0, LONGEST)}…` : text);

function valueText(value: JsonValue | undefined): string {
  if (value === undefined || value === null || value === '') return i18n.t('compare.nothing');
  if (typeof value === 'boolean') return i18n.t(value ? 'compare.on' : 'compare.off');
  if (typeof value === 'object' && !(Array.isArray(value) && value.every((item) => typeof item !== 'object')))
    return short(JSON.stringify(value));
  return short(formatValue(value));
}

/** What the forms call the values of a document. */
const formLabels: Readonly<Record<string, string>> = {
  'training.epochs': 'inspector.epochs',
  'training.batchSize': 'inspector.batchSize',
  'training.seed': 'inspector.seed',
  'training.earlyStopping.enabled': 'inspector.earlyStopping',
  'training.earlyStopping.monitor': 'inspector.monitor',
  'training.earlyStopping.patience': 'inspector.patience',
  'training.earlyStopping.minDelta': 'inspector.minDelta',
  'training.checkpoints.everySteps': 'inspector.everySteps',
  'training.checkpoints.everyMinutes': 'inspector.everyMinutes',
  'training.checkpoints.everyEpochs': 'inspector.everyEpochs',
  'training.checkpoints.best': 'inspector.keepBest',
  'training.checkpoints.keep': 'inspector.keep',
  frozen: 'inspector.frozen',
  title: 'compare.fields.title',
  name: 'compare.fields.title',
  kind: 'compare.fields.kind',
  off: 'compare.fields.off',
  order: 'compare.fields.order',
  text: 'compare.fields.text',
  color: 'compare.fields.color',
  description: 'compare.fields.description',
};

/** A value of the document, of a wire, a note or a block that differs. */
export function fieldText({ path, before, after }: FieldChange): FieldText {
  const [list, name, rest] = path;
  const known = formLabels[path.join('.')];
  const value = (side: JsonValue | undefined): string => {
    if (path[0] === 'off' && typeof side === 'string') return i18n.t(`canvas.${side}`);
    // A variable that is new or gone: its value says more than the whole of it.
    if (list === 'variables' && rest === undefined && typeof side === 'object' && side !== null)
      return valueText((side as { value?: JsonValue }).value);
    return valueText(side);
  };
  const label =
    known !== undefined
      ? i18n.t(known)
      : list === 'variables' && name !== undefined
        ? i18n.t('compare.fields.variable', { name })
        : path.join('.');
  return { label, from: value(before), to: value(after) };
}

/** A value of a node that differs, in the words of its form. */
export function nodeFieldText(field: FieldChange, node: NodeInstance, document: GraphDocument): FieldText {
  const [first, key, ...rest] = field.path;
  if (first !== 'params' || key === undefined) return fieldText(field);
  const definition = definitionOf(document, node);
  const text = definition && definitionText(definition).params[key];
  const value = (side: JsonValue | undefined): string =>
    (typeof side === 'string' ? text?.options?.[side] : undefined) ?? valueText(side);
  return {
    label: [text?.label ?? key, ...rest].join('.'),
    from: value(field.before),
    to: value(field.after),
  };
}
