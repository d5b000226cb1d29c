import { ArrowLeft, ArrowRight, ChevronRight } from 'lucide-react';
import { type KeyboardEvent, useMemo, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { blockGraph, type Level, sameLevel } from '#shared/graph/blockLevels.ts';
import { isPortsNode } from '#shared/graph/blockPorts.ts';
import { blockOf, definitionOf } from '#shared/graph/definitionOf.ts';
import type { GraphDocument } from '#shared/graph/document.ts';
import { nodeTitle } from '#shared/graph/selectors.ts';
import { definitionText } from '../i18n/nodeText.ts';
import { useDocumentStore } from '../stores/documentStore.ts';
import { revealAt } from '../stores/levels.ts';
import { useSelectionStore } from '../stores/selectionStore.ts';
import { categoryStyle, Glyph } from '../ui/Glyph.tsx';
import { type OutlineLink, type OutlineNode, outlineTree } from './outlineTree.ts';

/** So many nodes of a group are drawn, and so many more with each press. */
const PAGE = 200;

/** The open graph as a tree: groups, their nodes in the order data flows, what is in their blocks, and the wires of each node. */
export function Outline() {
  const { t } = useTranslation();
  const document = useDocumentStore((store) => store.graph);
  const level = useDocumentStore((store) => store.level);
  const [open, setOpen] = useState<ReadonlySet<string>>(new Set());
  const [most, setMost] = useState<Readonly<Record<string, number>>>({});
  const [focused, setFocused] = useState<string | null>(null);
  const tree = useRef<HTMLDivElement>(null);
  const groups = useMemo(() => (document ? outlineTree(document) : []), [document]);
  if (!document || groups.length === 0) return <p className="hint px-3 py-2">{t('library.outlineEmpty')}</p>;
  const first = groups[0]?.nodes[0] && keyOf(level, groups[0].nodes[0].node.id);

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
        else to(items.slice(0, at).findLast(({ ariaLevel }) => Number(ariaLevel) < Number(item?.ariaLevel)));
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
        ...nodes
          .slice(0, most[group] ?? PAGE)
          .map((entry) => (
            <Item
              key={entry.node.id}
              entry={entry}
              graph={document}
              level={level}
              depth={1}
              shared={{ open, reached: focused ?? first, onFocus: setFocused, onToggle: toggle }}
            />
          )),
        nodes.length > (most[group] ?? PAGE) && (
          <button
            key={`${group}-more`}
            type="button"
            role="treeitem"
            aria-level={1}
            aria-selected={false}
            tabIndex={-1}
            className="outline-link"
            onClick={() => setMost({ ...most, [group]: (most[group] ?? PAGE) + PAGE })}
          >
            {t('shell.showMore', { count: nodes.length - (most[group] ?? PAGE) })}
          </button>
        ),
      ])}
    </div>
  );
}

/** Names a place in the tree: the instances on the way to it, and the node. */
const keyOf = (level: Level, id: string): string => [...level.map(({ instance }) => instance), id].join('/');

interface ItemProps {
  readonly entry: OutlineNode;
  /** The graph that it is in, at this level. */
  readonly graph: GraphDocument;
  readonly level: Level;
  /** From 1. */
  readonly depth: number;
  readonly shared: {
    readonly open: ReadonlySet<string>;
    /** Key of the item that the Tab key leads to. */
    readonly reached: string | undefined;
    readonly onFocus: (key: string) => void;
    readonly onToggle: (key: string, open: boolean) => void;
  };
}

function Item({ entry: { node, links }, graph, level, depth, shared }: ItemProps) {
  const { t } = useTranslation();
  const key = keyOf(level, node.id);
  const here = useDocumentStore((store) => sameLevel(store.level, level));
  const selected = useSelectionStore((state) => here && state.nodeIds.has(node.id));
  const problem = useDocumentStore((store) =>
    here ? store.graphAnalysis.problems.find(({ nodeId }) => nodeId === node.id)?.severity : undefined,
  );
  const definition = definitionOf(graph, node);
  const title = node.title || (definition && definitionText(definition).title) || node.kind;
  const block = blockOf(graph, node);
  const inside = useMemo(() => block && blockGraph(graph, block), [block, graph]);
  const open = shared.open.has(key);
  const foldable = links.length > 0 || block !== undefined;
  return (
    <div
      role="none"
      className="outline-node"
      style={{ ...categoryStyle(definition?.category), '--depth': depth - 1 } as React.CSSProperties}
    >
      <div className="outline-row">
        <button
          type="button"
          tabIndex={-1}
          className="outline-fold"
          aria-hidden="true"
          disabled={!foldable}
          data-open={open}
          onClick={() => shared.onToggle(key, !open)}
        >
          <ChevronRight size={12} />
        </button>
        <button
          type="button"
          role="treeitem"
          className="outline-item"
          tabIndex={shared.reached === key ? 0 : -1}
          aria-level={depth}
          aria-selected={selected}
          aria-expanded={foldable ? open : undefined}
          aria-label={[title, node.id, problem && t(`dock.problems.${problem}`)].filter(Boolean).join(', ')}
          data-node={key}
          onFocus={() => shared.onFocus(key)}
          onClick={() => revealAt(level, node.id)}
        >
          <Glyph icon={definition?.icon} />
          <span className="min-w-0 grow truncate">{title}</span>
          {problem && <i className={`led ${problem === 'error' ? 'danger' : 'warn'}`} />}
        </button>
      </div>
      {open && (
        <div role="none">
          {inside &&
            outlineTree(inside)
              .flatMap(({ nodes }) => nodes)
              .filter((entry) => !isPortsNode(entry.node.id))
              .map((entry) => (
                <Item
                  key={entry.node.id}
                  entry={entry}
                  graph={inside}
                  level={[...level, { instance: node.id, copy: 1 }]}
                  depth={depth + 1}
                  shared={shared}
                />
              ))}
          {links.map((link) => (
            <Link
              key={`${link.direction}-${link.port}-${link.otherId}-${link.otherPort}`}
              link={link}
              port={(definition && definitionText(definition).ports[link.port]) ?? link.port}
              graph={graph}
              level={level}
              depth={depth + 1}
            />
          ))}
        </div>
      )}
    </div>
  );
}

interface LinkProps {
  readonly link: OutlineLink;
  /** What the port is called. */
  readonly port: string;
  readonly graph: GraphDocument;
  readonly level: Level;
  readonly depth: number;
}

/** A wire: the port, and the node at its other end, which a click shows. */
function Link({ link, port, graph, level, depth }: LinkProps) {
  const { t } = useTranslation();
  const other = graph.nodes.find(({ id }) => id === link.otherId);
  const node = other ? nodeTitle(other, graph) : link.otherId;
  const Arrow = link.direction === 'in' ? ArrowLeft : ArrowRight;
  return (
    <div role="none">
      <button
        type="button"
        role="treeitem"
        tabIndex={-1}
        aria-level={depth}
        aria-selected={false}
        aria-label={t(link.direction === 'in' ? 'library.outlineIn' : 'library.outlineOut', { port, node })}
        className="outline-link"
        onClick={() => revealAt(level, link.otherId)}
      >
        <span className="text-text-3">{port}</span>
        <Arrow size={11} aria-hidden="true" />
        <span className="min-w-0 grow truncate">{node}</span>
      </button>
    </div>
  );
}
