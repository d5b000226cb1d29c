import { ChevronRight } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { openBlocks } from '#shared/graph/blockLevels.ts';
import { concealParam, exposedBy, exposeParam, joinParam } from '#shared/graph/commands.ts';
import { definitionOf } from '#shared/graph/definitionOf.ts';
import type { NodeInstance } from '#shared/graph/document.ts';
import { definitionText } from '../i18n/nodeText.ts';
import { useDocumentStore } from '../stores/documentStore.ts';
import { Switch } from '../ui/Field.tsx';
import { change } from './changeDefinition.ts';

/** Of a node inside the open block: which of its parameters each instance of the block sets for itself. */
export function ExposeParams({ node }: { readonly node: NodeInstance }) {
  const { t } = useTranslation();
  const block = useDocumentStore(
    ({ document, level }) => document && openBlocks(document, level).at(-1)?.block,
  );
  const definition = useDocumentStore(({ graph }) => graph && definitionOf(graph, node));
  if (!block || !definition) return null;
  const text = definitionText(definition);
  const params = Object.keys(definition.params.shape).filter((param) => text.params[param] !== undefined);
  if (params.length === 0) return null;
  return (
    <section className="sec" aria-label={t('blocks.expose')}>
      <details>
        <summary>
          <ChevronRight size={12} aria-hidden="true" />
          <h3>
            {t('blocks.expose')}
            <em>{block.params?.filter((param) => param.node === node.id).length ?? 0}</em>
          </h3>
        </summary>
        <p className="hint">{t('blocks.exposeHelp')}</p>
        {params.map((param) => {
          const exposed = exposedBy(block, node.id, param);
          const others = exposed
            ? []
            : (block.params ?? []).filter((own) => own.param === param && own.node !== node.id);
          const label = text.params[param]?.label ?? param;
          return (
            <div className="f-row" key={param}>
              <div className="f">
                <span>
                  {label}
                  {exposed && exposed.title !== undefined && <em className="hint"> {exposed.title}</em>}
                </span>
                <Switch
                  label={t('blocks.exposeParam', { param: label })}
                  checked={exposed !== undefined}
                  onChange={() => {
                    const command = exposed
                      ? concealParam(block.id, exposed)
                      : exposeParam(block.id, node.id, param);
                    change(command);
                  }}
                />
              </div>
              {others.map((own) => (
                <button
                  key={own.id}
                  type="button"
                  className="btn ghost sm"
                  onClick={() => change(joinParam(block.id, own.id, node.id, param))}
                >
                  {t('blocks.join', { param: own.title ?? own.id })}
                </button>
              ))}
            </div>
          );
        })}
      </details>
    </section>
  );
}
