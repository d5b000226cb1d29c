import { RotateCcw } from 'lucide-react';
import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useShallow } from 'zustand/react/shallow';
import { setParams } from '#shared/graph/commands.ts';
import { definitionOf } from '#shared/graph/definitionOf.ts';
import type { NodeInstance } from '#shared/graph/document.ts';
import { isExpression } from '#shared/graph/paramExpressions.ts';
import { resolvedNode } from '#shared/graph/resolveExpressions.ts';
import type { NodeDefinition } from '#shared/nodes/defineNode.ts';
import type { JsonObject, JsonValue } from '#shared/protocol/json.ts';
import { issueData } from '#shared/protocol/schemaIssue.ts';
import { edit } from '../canvas/canvasApi.ts';
import { i18n } from '../i18n/i18n.ts';
import { definitionText } from '../i18n/nodeText.ts';
import { useDocumentStore } from '../stores/documentStore.ts';
import { Button } from '../ui/Button.tsx';
import { Field, Select, Switch, TextField } from '../ui/Field.tsx';
import { formatValue, lettersOf } from '../ui/format.ts';
import { Segmented } from '../ui/Segmented.tsx';
import { ClassWeights } from './ClassWeights.tsx';
import { ExpressionField } from './ExpressionField.tsx';
import { operateOn } from './expressionEntry.ts';
import { commonFields, type FormField, formFields } from './formFields.ts';
import { NodePicker } from './NodePicker.tsx';
import { PathField } from './PathField.tsx';
import { readValue, writeValue } from './typedValue.ts';

interface ParamFormProps {
  /** One, or several that are edited together: then only what they have in common. */
  readonly nodes: readonly NodeInstance[];
}

const isList = (value: unknown): value is object => typeof value === 'object' && value !== null;

/** Most values are numbers and words; of hundreds of nodes each is asked for. */
const same = (a: unknown, b: unknown): boolean =>
  a === b || (isList(a) && isList(b) && JSON.stringify(a) === JSON.stringify(b));

/** Longer forms begin with these many inputs, and those that were changed. */
const MOST_AT_ONCE = 9;
const SHOWN_FIRST = 5;

/** What stands side by side in a field, in letters: Chinese ones are twice as wide, and a choice has room at its sides. */
const SEGMENT_LETTERS = 25;
const SIDES = 2.5;
const fitInRow = (labels: readonly string[]): boolean =>
  labels.reduce((sum, label) => sum + lettersOf(label) + SIDES, 0) <= SEGMENT_LETTERS;

/** Inputs for the parameters of nodes, made from their schemas. */
export function ParamForm({ nodes }: ParamFormProps) {
  const { t } = useTranslation();
  const [whole, setWhole] = useState(false);
  const definitions = useDocumentStore(
    useShallow(({ graph }) => [...new Set(nodes.map((node) => graph && definitionOf(graph, node)))]),
  );
  const fields = useMemo(
    () =>
      commonFields(
        definitions.map((definition) =>
          definition
            ? formFields(definition.params).filter(({ key }) => definition.text.params[key] !== undefined)
            : [],
        ),
      ),
    [definitions],
  );
  if (fields.length === 0)
    return (
      <p className="hint">{t(nodes.length > 1 ? 'inspector.nothingInCommon' : 'inspector.noParameters')}</p>
    );
  const long = fields.length > MOST_AT_ONCE;
  const shown =
    long && !whole
      ? fields.filter(
          (field, index) => index < SHOWN_FIRST || isChanged(field, nodes) || isRefused(field, nodes),
        )
      : fields;
  return (
    <>
      {shown.map((field) => (
        <ParamField key={field.key} field={field} nodes={nodes} />
      ))}
      {long && (
        <Button size="sm" className="mt-1 w-full" aria-expanded={whole} onClick={() => setWhole(!whole)}>
          {whole ? t('inspector.fewer') : t('inspector.allSettings', { count: fields.length })}
        </Button>
      )}
    </>
  );
}

/** The type of a node on the canvas; that of an instance is the face of its block. */
function shownDefinition(node: NodeInstance): NodeDefinition | undefined {
  const { graph } = useDocumentStore.getState();
  return graph ? definitionOf(graph, node) : undefined;
}

const paramValue = (field: FormField, node: NodeInstance): JsonValue =>
  node.params[field.key] ?? (defaultOf(field, node) as JsonValue | undefined) ?? null;

const defaultsOf = new WeakMap<NodeDefinition['params'], ReadonlyMap<string, unknown>>();

/** Each kind has its own default. */
function defaultOf({ key }: FormField, node: NodeInstance): unknown {
  const params = shownDefinition(node)?.params;
  if (!params) return undefined;
  let defaults = defaultsOf.get(params);
  if (!defaults) {
    defaults = new Map(formFields(params).map((field) => [field.key, field.defaultValue]));
    defaultsOf.set(params, defaults);
  }
  return defaults.get(key);
}

const isChanged = (field: FormField, nodes: readonly NodeInstance[]): boolean =>
  nodes.some((node) => {
    const standard = defaultOf(field, node);
    return standard !== undefined && !same(paramValue(field, node), standard);
  });

/** Parameters with numbers in place of expressions. */
function numbersOf(node: NodeInstance): JsonObject {
  const { document } = useDocumentStore.getState();
  return document ? resolvedNode(node, document).params : node.params;
}

/** What a field's expression comes to, or the default where it comes to nothing. */
function numberAt(node: NodeInstance, field: FormField, index?: number): number {
  const of = (value: unknown): unknown =>
    index === undefined || !Array.isArray(value) ? value : value[index];
  const number = of(numbersOf(node)[field.key] ?? defaultOf(field, node));
  return typeof number === 'number' ? number : Number(of(defaultOf(field, node)) ?? 0);
}

const isStillExpression = (value: JsonValue | undefined): boolean =>
  isExpression(value) || (Array.isArray(value) && value.some(isExpression));

/** Why the value of a field is refused; undefined where it is not. An expression that gives no number says why itself. */
function isRefused({ key }: FormField, nodes: readonly NodeInstance[]): string | undefined {
  for (const node of nodes) {
    const params = numbersOf(node);
    if (isStillExpression(params[key])) continue;
    const parsed = shownDefinition(node)?.params.safeParse(params);
    const issue = parsed?.success === false && parsed.error.issues.find(({ path }) => path[0] === key);
    if (issue) return i18n.t('inspector.invalid', issueData(issue, params));
  }
  return undefined;
}

function ParamField({ field, nodes }: ParamFormProps & { readonly field: FormField }) {
  const { t } = useTranslation();
  const [first] = nodes;
  if (!first) return null;
  const definition = shownDefinition(first);
  const text = definition && definitionText(definition).params[field.key];
  const label = text?.label ?? field.key;
  const value = paramValue(field, first);
  const differ = nodes.some((node) => !same(paramValue(field, node), value));
  const mixed = differ ? t('inspector.mixed') : undefined;
  const setAll = (valueFor: (node: NodeInstance) => JsonValue): void => {
    const changes = nodes.filter((node) => !same(valueFor(node), paramValue(field, node)));
    if (changes.length > 0)
      edit(setParams(Object.fromEntries(changes.map((node) => [node.id, valueFor(node)])), field.key));
  };
  const set = (next: JsonValue): void => setAll(() => next);
  const optionLabel = (option: string): string => text?.options?.[option] ?? option;
  const shownDefault = [...new Set(nodes.map((node) => defaultOf(field, node)))]
    .map((standard) => (field.control === 'choice' ? optionLabel(String(standard)) : formatValue(standard)))
    .join(', ');
  const error = isRefused(field, nodes);

  return (
    <Field
      label={label}
      help={text?.help}
      error={error}
      mark={
        isChanged(field, nodes) && (
          <button
            type="button"
            className="changed"
            title={t('inspector.changed', { value: shownDefault })}
            aria-label={t('inspector.reset', { param: label, value: shownDefault })}
            onClick={() => setAll((node) => defaultOf(field, node) as JsonValue)}
          >
            <RotateCcw size={10} aria-hidden="true" />
          </button>
        )
      }
    >
      {({ id, describedBy }) => {
        const invalid = error !== undefined;
        const common = { id, label, mixed, invalid, describedBy };
        switch (field.control) {
          case 'number':
            return (
              <ExpressionField
                {...common}
                control={field}
                value={value}
                number={numberAt(first, field)}
                onChange={set}
                onOperate={(typed) => setAll((node) => operateOn(paramValue(field, node), typed))}
              />
            );
          case 'pair': {
            const numbers = Array.isArray(value) ? value : [];
            const itemsOf = (node: NodeInstance): JsonValue[] => {
              const own = paramValue(field, node);
              return Array.isArray(own) ? own : numbers;
            };
            const differsAt = (index: number): boolean =>
              nodes.some((node) => !same(itemsOf(node)[index] ?? null, numbers[index] ?? null));
            return (
              <div className="pair">
                {field.items.map((control, index) => (
                  <ExpressionField
                    key={index === 0 ? 'first' : `other-${index}`}
                    {...(index === 0 && { id })}
                    label={`${label} ${index + 1}`}
                    control={control}
                    value={numbers[index] ?? 0}
                    number={numberAt(first, field, index)}
                    mixed={differsAt(index) ? mixed : undefined}
                    invalid={invalid}
                    describedBy={describedBy}
                    onChange={(next) =>
                      setAll((node) => itemsOf(node).map((old, at) => (at === index ? next : old)))
                    }
                  />
                ))}
              </div>
            );
          }
          case 'switch':
            return (
              <span className="mixable">
                <Switch id={id} label={label} checked={value === true && !differ} onChange={set} />
                {mixed}
              </span>
            );
          case 'choice': {
            const options = field.options.map((option) => ({ value: option, label: optionLabel(option) }));
            const chosen = differ ? '' : String(value);
            return options.length <= 3 && fitInRow(options.map((option) => option.label)) ? (
              <Segmented id={id} label={label} value={chosen} options={options} onChange={set} />
            ) : (
              <Select
                id={id}
                label={label}
                value={chosen}
                placeholder={mixed}
                options={options}
                onChange={set}
              />
            );
          }
          case 'path':
            return <PathField {...common} kind={field.picks} value={String(value ?? '')} onChange={set} />;
          default: {
            const text = (
              <TextField
                {...common}
                value={writeValue(field, value)}
                onChange={(typed) => {
                  const next = readValue(field, typed);
                  if (next !== undefined) set(next);
                }}
              />
            );
            if (field.control === 'numbers' && field.per === 'class' && nodes.length === 1) {
              const numbers = numbersOf(first)[field.key];
              return (
                <ClassWeights
                  id={id}
                  label={label}
                  node={first}
                  item={field.item}
                  value={value}
                  numbers={Array.isArray(numbers) ? numbers.map(Number) : []}
                  onChange={set}
                >
                  {text}
                </ClassWeights>
              );
            }
            return (
              <div className="picked">
                {text}
                {field.control === 'words' && field.nodes && (
                  <NodePicker
                    label={label}
                    value={Array.isArray(value) ? value.map(String) : []}
                    onChange={(ids) => set([...ids])}
                  />
                )}
              </div>
            );
          }
        }
      }}
    </Field>
  );
}
