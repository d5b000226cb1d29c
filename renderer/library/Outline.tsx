import { ArrowLeft, ArrowRight, ChevronRight } from 'lucide-react';
import { type KeyboardEvent, useMemo, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { definitionOf } from '#shared/graph/definitionOf.ts';
import { nodeTitle } from '#shared/graph/selectors.ts';
import { definitionText, nodeText } from '../i18n/nodeText.ts';
import { useDocumentStore } from '../stores/documentStore.ts';
import { revealNode, useSelectionStore } from '../stores/selectionStore.ts';
import { categoryStyle, Glyph } from '../ui/Glyph.tsx';
import { type OutlineLink, type OutlineNode, outlineTree } from './outlineTree.ts';

/** The open graph as a tree: groups, their nodes in the order data flows, and the wires of each node. */
export function Outline() {
  const { t } = useTranslation();
  const document = useDocumentStore((store) => store.graph);
  const [open, setOpen] = useState<ReadonlySet<string>>(new Set());
  const [focused, setFocused] = useState<string | null>(null);
  const tree = useRef<HTMLDivElement>(null);
  const groups = useMemo(() => (document ? outlineTree(document) : []), [document]);
  if (groups.length === 0) return <p className="hint px-3 py-2">{t('library.outlineEmpty')}</p>;
  const first = groups[0]?.nodes[0]?.node.id;

  const toggle = (id: string, wanted: boolean): void =>
    setOpen((before) => {
      const next = new Set(before);
      if (wanted) next.add(id);
      else next.delete(id);
      return next;
    });
  const onKeyDown = (event: KeyboardEvent): void => {
    const items = [...(tree.current?.querySelectorAll<HTMLElement>('[role=treeitem]') ?? [])];
    const item = (event.target as Element).closest<HTMLElement>('[role=treeitem]');
    const at = item ? items.indexOf(item) : -1;
    const id = item?.dataset.node;
    const to = (next: HTMLElement | null | undefined): void => next?.focus();
    const expanded = item?.ariaExpanded;
    switch (event.key) {
      case 'ArrowDown':
        to(items[at + 1]);
        break;
      case 'ArrowUp':
        to(items[at - 1]);
        break;
      case 'Home':
        to(items[0]);
        break;
      case 'End':
        to(items.at(-1));
        break;
      case 'ArrowRight':
        if (id !== undefined && expanded === 'false') toggle(id, true);
        else if (expanded === 'true') to(items[at + 1]);
        break;
      case 'ArrowLeft':
        if (id !== undefined && expanded === 'true') toggle(id, false);
        else to(items.slice(0, at).findLast(({ ariaLevel }) => ariaLevel === '1'));
        break;
      default:
        return;
    }
    event.preventDefault();
    event.stopPropagation();
  };

  return (
    <div
      ref={tree}
      role="tree"
      aria-label={t('library.outline')}
      className="outline-tree"
      onKeyDown={onKeyDown}
    >
      {groups.map(({ group, nodes }) => [
        <p key={group} role="none" className="outline-group">
          {t(`library.outlineGroups.${group}`)}
          <em>{nodes.length}</em>
        </p>,
        ...nodes.map((entry) => (
          <Item
            key={entry.node.id}
            entry={entry}
            open={open.has(entry.node.id)}
            tabbable={(focused ?? first) === entry.node.id}
            onFocus={() => setFocused(entry.node.id)}
            onToggle={(wanted) => toggle(entry.node.id, wanted)}
          />
        )),
      ])}
    </div>
  );
}

interface ItemProps {
  readonly entry: OutlineNode;
  readonly open: boolean;
  readonly tabbable: boolean;
  readonly onFocus: () => void;
  readonly onToggle: (open: boolean) => void;
}

function Item({ entry: { node, links }, open, tabbable, onFocus, onToggle }: ItemProps) {
  const { t } = useTranslation();
  const selected = useSelectionStore((state) => state.nodeIds.has(node.id));
  const problem = useDocumentStore(
    (store) => store.graphAnalysis.problems.find(({ nodeId }) => nodeId === node.id)?.severity,
  );
  const definition = useDocumentStore(({ graph }) => graph && definitionOf(graph, node)) ?? undefined;
  const title = node.title || (definition && definitionText(definition).title) || node.kind;
  return (
    <div role="none" className="outline-node" style={categoryStyle(definition?.category)}>
      <div className="outline-row">
        <button
          type="button"
          tabIndex={-1}
          className="outline-fold"
          aria-hidden="true"
          disabled={links.length === 0}
          data-open={open}
          onClick={() => onToggle(!open)}
        >
          <ChevronRight size={12} />
        </button>
        <button
          type="button"
          role="treeitem"
          className="outline-item"
          tabIndex={tabbable ? 0 : -1}
          aria-level={1}
          aria-selected={selected}
          aria-expanded={links.length > 0 ? open : undefined}
          aria-label={[title, node.id, problem && t(`dock.problems.${problem}`)].filter(Boolean).join(', ')}
          data-node={node.id}
          onFocus={onFocus}
          onClick={() => revealNode(node.id)}
        >
          <Glyph icon={definition?.icon} />
          <span className="min-w-0 grow truncate">{title}</span>
          {problem && <i className={`led ${problem === 'error' ? 'danger' : 'warn'}`} />}
        </button>
      </div>
      {open && (
        <div role="none">
          {links.map((link) => (
            <Link
              key={`${link.direction}-${link.port}-${link.otherId}-${link.otherPort}`}
              link={link}
              kind={node.kind}
            />
          ))}
        </div>
      )}
    </div>
  );
}

/** A wire: the port, and the node at its other end, which a click shows. */
function Link({ link, kind }: { readonly link: OutlineLink; readonly kind: string }) {
  const { t } = useTranslation();
  const other = useDocumentStore((store) => store.graph?.nodes.find(({ id }) => id === link.otherId));
  const port = nodeText(kind)?.ports[link.port] ?? link.port;
  const graph = useDocumentStore((store) => store.graph);
  const node = other && graph ? nodeTitle(other, graph) : link.otherId;
  const Arrow = link.direction === 'in' ? ArrowLeft : ArrowRight;
  return (
    <div role="none">
      <button
        type="button"
        role="treeitem"
        tabIndex={-1}
        aria-level={2}
        aria-selected={false}
        aria-label={t(link.direction === 'in' ? 'library.outlineIn' : 'library.outlineOut', { port, node })}
        className="outline-link"
        onClick={() => revealNode(link.otherId)}
      >
        <span className="text-text-3">{port}</span>
        <Arrow size={11} aria-hidden="true" />
        <span className="min-w-0 grow truncate">{node}</span>
      </button>
    </div>
  );
}
