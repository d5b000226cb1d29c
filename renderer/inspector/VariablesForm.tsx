import { ChevronRight, Plus, Trash2, Variable as VariableIcon } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { levelOfBlock } from '#shared/graph/blockLevels.ts';
import {
  addVariable,
  nextVariableName,
  removeVariable,
  renameVariable,
  setVariable,
} from '#shared/graph/commands.ts';
import { definitionOf } from '#shared/graph/definitionOf.ts';
import type { GraphDocument, Variable } from '#shared/graph/document.ts';
import { findNode, nodeTitle } from '#shared/graph/selectors.ts';
import { variableScope } from '#shared/graph/variableScope.ts';
import { type VariableUse, variableUses } from '#shared/graph/variableUses.ts';
import { editDocument } from '../canvas/canvasApi.ts';
import { definitionText } from '../i18n/nodeText.ts';
import { problemText } from '../i18n/problemText.ts';
import { revealInDocument } from '../stores/levels.ts';
import { Button, IconButton } from '../ui/Button.tsx';
import { EmptyState } from '../ui/EmptyState.tsx';
import { ExpressionField } from './ExpressionField.tsx';

const anyNumber = {
  integer: false,
  min: undefined,
  max: undefined,
  step: 1,
  logarithmic: false,
  unit: undefined,
};

/** The graph's variables: names that expressions in number fields may use. */
export function VariablesForm({ document }: { readonly document: GraphDocument }) {
  const { t } = useTranslation();
  const { variables = [] } = document;
  const uses = variableUses(document);
  // By its place: a row that is renamed stays the same row, and keeps the focus.
  const rows = variables.map((variable, row) => ({ row, variable }));
  const [added, setAdded] = useState<string | null>(null);
  const add = (): void => {
    const name = nextVariableName(document);
    if (editDocument(addVariable({ name, value: 64 }))) setAdded(name);
  };
  if (variables.length === 0) {
    return (
      <EmptyState
        icon={<VariableIcon size={18} />}
        title={t('inspector.noVariables')}
        text={t('inspector.noVariablesText')}
      >
        <Button tone="solid" onClick={add}>
          {t('inspector.addVariable')}
        </Button>
      </EmptyState>
    );
  }
  return (
    <section className="sec">
      <ul className="variables" aria-label={t('inspector.variables')}>
        {rows.map(({ row, variable }) => (
          <VariableRow
            key={row}
            variable={variable}
            document={document}
            uses={uses.get(variable.name) ?? []}
            fresh={variable.name === added}
            onLeft={() => setAdded(null)}
          />
        ))}
      </ul>
      <Button size="sm" className="mt-2 w-full" onClick={add}>
        <Plus size={13} aria-hidden="true" />
        {t('inspector.addVariable')}
      </Button>
      <p className="hint mt-2">{t('inspector.variablesHint')}</p>
    </section>
  );
}

interface VariableRowProps {
  readonly variable: Variable;
  readonly document: GraphDocument;
  readonly uses: readonly VariableUse[];
  /** Just added: its name is to be typed next. */
  readonly fresh: boolean;
  readonly onLeft: () => void;
}

function VariableRow({ variable, document, uses, fresh, onLeft }: VariableRowProps) {
  const { t } = useTranslation();
  const [open, setOpen] = useState(false);
  const { name, value, description = '' } = variable;
  const scope = variableScope(document);
  const problem = scope.problems.get(name);
  return (
    <li data-variable={name}>
      <div className="variable">
        <NameField name={name} fresh={fresh} onLeft={onLeft} />
        <ExpressionField
          label={t('inspector.variableValue', { name })}
          control={anyNumber}
          value={value}
          number={scope.values.get(name) ?? 0}
          invalid={problem !== undefined}
          told={problem !== undefined}
          onChange={(next) => {
            if (typeof next === 'number' || typeof next === 'string')
              editDocument(setVariable(name, { value: next }));
          }}
        />
        <IconButton
          className="sm"
          label={t('inspector.removeVariable', { name })}
          onClick={() => editDocument(removeVariable(name))}
        >
          <Trash2 size={13} />
        </IconButton>
      </div>
      {problem && <p className="f-error flat">{problemText(problem)}</p>}
      <div className="variable-more">
        <input
          aria-label={t('inspector.variableDescription', { name })}
          placeholder={t('inspector.variableDescriptionHint')}
          value={description}
          maxLength={1000}
          onChange={(event) => editDocument(setVariable(name, { description: event.target.value }))}
        />
        <button
          type="button"
          aria-expanded={open}
          disabled={uses.length === 0}
          onClick={() => setOpen(!open)}
        >
          {uses.length > 0 && <ChevronRight size={11} aria-hidden="true" />}
          {t('inspector.variableUses', { count: uses.length })}
        </button>
      </div>
      {open && <Uses uses={uses} document={document} />}
    </li>
  );
}

/** The name; it takes effect when the field is left, since every use follows. */
function NameField({
  name,
  fresh,
  onLeft,
}: {
  readonly name: string;
  readonly fresh: boolean;
  readonly onLeft: () => void;
}) {
  const { t } = useTranslation();
  const [draft, setDraft] = useState<string | null>(null);
  const finish = (): void => {
    if (draft !== null && draft.trim() !== name) editDocument(renameVariable(name, draft.trim()));
    setDraft(null);
    onLeft();
  };
  return (
    <input
      className="inp font-mono"
      aria-label={t('inspector.variableName', { name })}
      title={t('inspector.variableNameHelp')}
      autoComplete="off"
      spellCheck={false}
      ref={(input) => {
        if (fresh && input && draft === null) {
          input.focus();
          input.select();
        }
      }}
      value={draft ?? name}
      onChange={(event) => setDraft(event.target.value)}
      onKeyDown={(event) => {
        if (event.key === 'Enter') finish();
        else if (event.key === 'Escape') setDraft(null);
      }}
      onBlur={finish}
    />
  );
}

/** Where a variable is used; a click shows the node. */
function Uses({
  uses,
  document,
}: {
  readonly uses: readonly VariableUse[];
  readonly document: GraphDocument;
}) {
  const { t } = useTranslation();
  return (
    <ul className="uses">
      {uses.map((use) => {
        if ('variable' in use) return <li key={`=${use.variable}`}>{use.variable}</li>;
        const { nodeId, param, block } = use;
        const definition = document.blocks?.find(({ id }) => id === block);
        const node = definition
          ? definition.nodes.find(({ id }) => id === nodeId)
          : findNode(document, nodeId);
        const type = node && definitionOf(document, node);
        const label = t('inspector.useOf', {
          node: node ? nodeTitle(node, document) : nodeId,
          param: (type && definitionText(type).params[param]?.label) ?? param,
        });
        return (
          <li key={`${block ?? ''} ${nodeId} ${param}`}>
            <button
              type="button"
              // A block that is nowhere used cannot be opened.
              disabled={definition && !levelOfBlock(document, definition.id)}
              onClick={() => revealInDocument(nodeId, block)}
            >
              {definition ? `${definition.title ?? definition.id} › ${label}` : label}
            </button>
          </li>
        );
      })}
    </ul>
  );
}
