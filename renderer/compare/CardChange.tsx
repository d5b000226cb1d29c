import { useTranslation } from 'react-i18next';
import type { PartChange } from '#shared/graph/compareDocuments.ts';
import type { NodeInstance } from '#shared/graph/document.ts';
import { useDocumentStore } from '../stores/documentStore.ts';
import { changeSign } from './compareStore.ts';
import { nodeFieldText } from './fieldText.ts';

/** Lines that a card has room for; the list has them all. */
const MOST = 4;

interface CardChangeProps {
  readonly node: NodeInstance;
  readonly change: PartChange<NodeInstance> | undefined;
  /** Something differs inside of the block that it is an instance of. */
  readonly inside: boolean;
  /** Whether the card has its inside: one that cannot be read has the sign alone. */
  readonly lines: boolean;
}

/** What became of a node, on its card: a sign at the corner, and which values differ. */
export function CardChange({ node, change, inside, lines }: CardChangeProps) {
  const { t } = useTranslation();
  const graph = useDocumentStore((state) => state.graph);
  const kind = change?.kind ?? 'changed';
  const fields = change && graph ? change.fields.map((field) => nodeFieldText(field, node, graph)) : [];
  return (
    <>
      <span className={`cmp-sign corner is-${kind}`} role="img" aria-label={t(`compare.signs.${kind}`)}>
        {changeSign[kind]}
      </span>
      {lines && (fields.length > 0 || inside) && (
        <div className="cmp-lines">
          {fields.slice(0, MOST).map(({ label, from, to }) => (
            <span key={`${label} ${from} ${to}`}>
              {label} <del>{from}</del> → <ins>{to}</ins>
            </span>
          ))}
          {fields.length > MOST && <span>{t('compare.more', { count: fields.length - MOST })}</span>}
          {inside && kind !== 'added' && <span>{t('compare.inside')}</span>}
        </div>
      )}
    </>
  );
}
