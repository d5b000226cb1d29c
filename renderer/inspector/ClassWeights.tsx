import { useTranslation } from 'react-i18next';
import type { NodeInstance } from '#shared/graph/document.ts';
import type { JsonValue } from '#shared/protocol/json.ts';
import { useDocumentStore } from '../stores/documentStore.ts';
import { Button } from '../ui/Button.tsx';
import { classNames } from './classNames.ts';
import { ExpressionField } from './ExpressionField.tsx';
import type { NumberControl } from './formFields.ts';

interface ClassWeightsProps {
  readonly id: string;
  readonly label: string;
  readonly node: NodeInstance;
  readonly item: NumberControl;
  readonly value: JsonValue;
  /** The values with numbers in place of expressions. */
  readonly numbers: readonly number[];
  readonly onChange: (value: JsonValue) => void;
  /** What takes all of them as one text, where the classes are not known. */
  readonly children: React.ReactNode;
}

/** A number for each class, by its name; none while all count the same. */
export function ClassWeights(props: ClassWeightsProps) {
  const { id, label, node, item, value, numbers, onChange, children } = props;
  const { t } = useTranslation();
  const graph = useDocumentStore((state) => state.graph);
  const analysis = useDocumentStore((state) => state.graphAnalysis.nodes.get(node.id));
  const names = graph && classNames(node, graph, analysis);
  const weights = Array.isArray(value) ? value : [];
  if (!names || (weights.length > 0 && weights.length !== names.length)) return children;
  if (weights.length === 0) {
    const action = t('inspector.weighClasses', { count: names.length });
    return (
      // The label of the row would be its name, and not say what it does.
      <Button id={id} size="sm" aria-label={action} onClick={() => onChange(names.map(() => 1))}>
        {action}
      </Button>
    );
  }
  return (
    <fieldset id={id} className="class-weights" aria-label={label}>
      {names.map((name, index) => (
        <div key={name}>
          <span className="truncate" title={name}>
            {name}
          </span>
          <ExpressionField
            label={t('inspector.weightOfClass', { name })}
            control={item}
            value={weights[index] ?? 1}
            number={numbers[index] ?? 1}
            onChange={(next) => onChange(weights.map((old, at) => (at === index ? next : old)))}
          />
        </div>
      ))}
    </fieldset>
  );
}
