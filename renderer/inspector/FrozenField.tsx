import { useTranslation } from 'react-i18next';
import { freezeNodes } from '#shared/graph/commands.ts';
import { BLOCK_KIND, type NodeInstance } from '#shared/graph/document.ts';
import { findNodeDefinition } from '#shared/nodes/registry.ts';
import { edit } from '../canvas/canvasApi.ts';
import { Field, Switch } from '../ui/Field.tsx';

function hasWeights(kind: string): boolean {
  const definition = findNodeDefinition(kind);
  return definition?.role === 'layer' && definition.weights !== undefined;
}

/** Whether the weights of nodes stay as they are; nothing where there are none. */
export function FrozenField({ nodes }: { readonly nodes: readonly NodeInstance[] }) {
  const { t } = useTranslation();
  const someWeights = nodes.some(({ kind }) => kind === BLOCK_KIND || hasWeights(kind));
  if (!someWeights) return null;
  const ids = nodes.map(({ id }) => id);
  return (
    <Field label={t('inspector.frozen')} help={t('inspector.frozenHelp')}>
      {({ id }) => (
        <span className="mixable">
          <Switch
            id={id}
            label={t('inspector.frozen')}
            checked={nodes.every(({ frozen }) => frozen)}
            onChange={(frozen) => edit(freezeNodes(ids, frozen))}
          />
          {nodes.some(({ frozen }) => Boolean(frozen) !== Boolean(nodes[0]?.frozen)) && t('inspector.mixed')}
        </span>
      )}
    </Field>
  );
}
