import { RotateCcw } from 'lucide-react';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { setParam } from '#shared/graph/commands.ts';
import type { NodeInstance } from '#shared/graph/document.ts';
import type { NodeDefinition } from '#shared/nodes/defineNode.ts';
import type { JsonValue } from '#shared/protocol/json.ts';
import { edit } from '../canvas/canvasApi.ts';
import { nodeText } from '../i18n/nodeText.ts';
import { Field, NumberField, Select, Switch } from '../ui/Field.tsx';
import { formatValue } from '../ui/format.ts';
import { Segmented } from '../ui/Segmented.tsx';
import { type FormField, formFields, type NumberControl } from './formFields.ts';

interface ParamFormProps {
  readonly node: NodeInstance;
  readonly definition: NodeDefinition;
}

const same = (a: unknown, b: unknown): boolean => JSON.stringify(a) === JSON.stringify(b);

/** Inputs for every parameter of a node, made from its schema. */
export function ParamForm({ node, definition }: ParamFormProps) {
  const { t } = useTranslation();
  const fields = useMemo(() => formFields(definition.params), [definition]);
  const parsed = definition.params.safeParse(node.params);
  if (fields.length === 0) return <p className="hint">{t('inspector.noParameters')}</p>;
  return (
    <>
      {fields.map((field) => {
        const issue = parsed.success
          ? undefined
          : parsed.error.issues.find(({ path }) => path[0] === field.key);
        return (
          <ParamField
            key={field.key}
            field={field}
            node={node}
            definition={definition}
            error={issue && t('inspector.invalid', { reason: issue.message })}
          />
        );
      })}
    </>
  );
}

function ParamField(
  props: ParamFormProps & { readonly field: FormField; readonly error: string | undefined },
) {
  const { t } = useTranslation();
  const { field, node, definition, error } = props;
  const text = (nodeText(node.kind) ?? definition.text).params[field.key];
  const label = text?.label ?? field.key;
  const value = node.params[field.key] ?? (field.defaultValue as JsonValue | undefined) ?? null;
  const set = (next: JsonValue): void => {
    if (!same(next, value)) edit(setParam(node.id, field.key, next));
  };
  const optionLabel = (option: string): string => text?.options?.[option] ?? option;
  const changed = field.defaultValue !== undefined && !same(value, field.defaultValue);
  const shownDefault =
    field.control === 'choice' ? optionLabel(String(field.defaultValue)) : formatValue(field.defaultValue);

  return (
    <Field
      label={label}
      help={text?.help}
      error={error}
      mark={
        changed && (
          <button
            type="button"
            className="changed"
            title={t('inspector.changed', { value: shownDefault })}
            aria-label={t('inspector.reset', { param: label, value: shownDefault })}
            onClick={() => set(field.defaultValue as JsonValue)}
          >
            <RotateCcw size={10} aria-hidden="true" />
          </button>
        )
      }
    >
      {({ id, describedBy }) => {
        switch (field.control) {
          case 'number':
            return (
              <NumberInput
                id={id}
                label={label}
                control={field}
                value={Number(value)}
                invalid={error !== undefined}
                describedBy={describedBy}
                onChange={set}
              />
            );
          case 'pair': {
            const numbers = Array.isArray(value) ? value.map(Number) : [];
            return (
              <div className="pair">
                {field.items.map((control, index) => (
                  <NumberInput
                    key={index === 0 ? 'first' : `other-${index}`}
                    {...(index === 0 && { id })}
                    label={`${label} ${index + 1}`}
                    control={control}
                    value={numbers[index] ?? 0}
                    invalid={error !== undefined}
                    describedBy={describedBy}
                    onChange={(next) => set(numbers.map((old, at) => (at === index ? next : old)))}
                  />
                ))}
              </div>
            );
          }
          case 'switch':
            return <Switch id={id} label={label} checked={value === true} onChange={set} />;
          case 'choice': {
            const options = field.options.map((option) => ({ value: option, label: optionLabel(option) }));
            return options.length <= 3 ? (
              <Segmented id={id} label={label} value={String(value)} options={options} onChange={set} />
            ) : (
              <Select id={id} label={label} value={String(value)} options={options} onChange={set} />
            );
          }
          case 'text':
            return (
              <input
                id={id}
                className="inp"
                value={typeof value === 'string' ? value : JSON.stringify(value)}
                onChange={(event) => set(event.target.value)}
              />
            );
        }
      }}
    </Field>
  );
}

interface NumberInputProps {
  readonly id?: string;
  readonly label: string;
  readonly control: NumberControl;
  readonly value: number;
  readonly invalid: boolean;
  readonly describedBy: string | undefined;
  readonly onChange: (value: number) => void;
}

function NumberInput({ control, label, ...rest }: NumberInputProps) {
  const { t } = useTranslation();
  return (
    <NumberField
      {...rest}
      label={label}
      integer={control.integer}
      {...(control.min !== undefined && { min: control.min })}
      {...(control.max !== undefined && { max: control.max })}
      step={control.step ?? (control.integer ? 1 : 0.1)}
      {...(control.logarithmic && { factor: 2 })}
      increaseLabel={t('inspector.increase', { param: label })}
      decreaseLabel={t('inspector.decrease', { param: label })}
    />
  );
}
