import { Boxes, Copy, Ellipsis, Trash2, WandSparkles } from 'lucide-react';
import { DropdownMenu, Tabs } from 'radix-ui';
import { useTranslation } from 'react-i18next';
import { useShallow } from 'zustand/react/shallow';
import { toldProblems } from '#shared/compile/toldProblems.ts';
import { openBlocks } from '#shared/graph/blockLevels.ts';
import { isPortsNode } from '#shared/graph/blockPorts.ts';
import { applyFix } from '#shared/graph/commands.ts';
import { blockOf } from '#shared/graph/definitionOf.ts';
import type { GraphDocument, NodeInstance } from '#shared/graph/document.ts';
import { isExpression } from '#shared/graph/paramExpressions.ts';
import { findNodeDefinition } from '#shared/nodes/registry.ts';
import type { Problem } from '#shared/protocol/problem.ts';
import { BlockEditor } from '../blocks/BlockEditor.tsx';
import { ExposeParams } from '../blocks/ExposeParams.tsx';
import { connectSelection, edit } from '../canvas/canvasApi.ts';
import { documentIndex } from '../canvas/documentIndex.ts';
import { deleteSelection, duplicateSelection } from '../canvas/editSelection.ts';
import { useShortcut } from '../commands/keymapStore.ts';
import { nodeText } from '../i18n/nodeText.ts';
import { fixText, problemText } from '../i18n/problemText.ts';
import { useDocumentStore } from '../stores/documentStore.ts';
import { useSelectionStore } from '../stores/selectionStore.ts';
import { Button, Kbd } from '../ui/Button.tsx';
import { categoryStyle, Glyph } from '../ui/Glyph.tsx';
import { menuHost } from '../ui/menuHost.ts';
import { BlockInstance } from './BlockInstance.tsx';
import { NodeFacts, Share, SumFacts, WeightTable } from './Facts.tsx';
import { FrozenField } from './FrozenField.tsx';
import { GraphForm } from './GraphForm.tsx';
import { Lesson } from './Lesson.tsx';
import { NodeName } from './NodeName.tsx';
import { ParamForm } from './ParamForm.tsx';
import { PointedText } from './PointedText.tsx';

/** What is selected, in detail; the graph as a whole while nothing is. */
export function Inspector() {
  const { t } = useTranslation();
  const document = useDocumentStore((state) => state.graph);
  const whole = useDocumentStore((state) => state.document);
  const level = useDocumentStore((state) => state.level);
  const selected = useSelectionStore((state) => state.nodeIds);
  if (!document || !whole) return null;
  const block = openBlocks(whole, level).at(-1)?.block;
  const { nodes } = documentIndex(document);
  // The ports of the open block are the block's own.
  const chosen = [...selected].flatMap((id) => (isPortsNode(id) ? [] : (nodes.get(id) ?? [])));
  const [first] = chosen;
  return (
    <aside className="ins" aria-label={t('inspector.title')}>
      {chosen.length > 1 ? (
        <ManyNodes nodes={chosen} />
      ) : first ? (
        <OneNode key={first.id} node={first} document={document} />
      ) : block ? (
        <BlockEditor key={block.id} block={block} document={whole} />
      ) : (
        <GraphForm document={whole} />
      )}
    </aside>
  );
}

function ManyNodes({ nodes }: { readonly nodes: readonly NodeInstance[] }) {
  const { t } = useTranslation();
  const analyses = useDocumentStore(
    useShallow((state) => nodes.flatMap(({ id }) => state.graphAnalysis.nodes.get(id) ?? [])),
  );
  const sum = (key: 'parameterCount' | 'flops' | 'activationBytes'): number =>
    analyses.reduce((total, analysis) => total + analysis[key], 0);
  return (
    <>
      <div className="ins-h">
        <span className="glyph plain">
          <Boxes size={16} aria-hidden="true" />
        </span>
        <div>
          <h2>{t('inspector.many', { count: nodes.length })}</h2>
          <p>{t('inspector.manyText')}</p>
        </div>
      </div>
      <div className="ins-body">
        <section className="sec">
          <div className="facts">
            <SumFacts
              parameters={sum('parameterCount')}
              flops={sum('flops')}
              activationBytes={sum('activationBytes')}
            />
          </div>
          <Share parameters={sum('parameterCount')} />
        </section>
        <section className="sec" aria-label={t('inspector.inCommon')}>
          <h3>{t('inspector.inCommon')}</h3>
          <ParamForm key={nodes.map(({ id }) => id).join(' ')} nodes={nodes} />
          <FrozenField nodes={nodes} />
        </section>
        <section className="sec flex gap-2">
          <Button className="flex-1" onClick={duplicateSelection}>
            <Copy size={14} aria-hidden="true" />
            {t('inspector.duplicate')}
          </Button>
          <Button className="flex-1" onClick={deleteSelection}>
            <Trash2 size={14} aria-hidden="true" />
            {t('inspector.remove')}
          </Button>
        </section>
      </div>
    </>
  );
}

interface OneNodeProps {
  readonly node: NodeInstance;
  readonly document: GraphDocument;
}

function OneNode({ node, document }: OneNodeProps) {
  const { t } = useTranslation();
  const definition = findNodeDefinition(node.kind);
  const text = nodeText(node.kind);
  const analysis = useDocumentStore((state) => state.graphAnalysis.nodes.get(node.id));
  const block = blockOf(document, node);
  if (block) {
    return (
      <BlockInstance node={node} block={block}>
        <NodeProblems node={node} document={document} />
      </BlockInstance>
    );
  }
  if (!definition || !text) {
    return (
      <>
        <div className="ins-h" style={categoryStyle(undefined)}>
          <Glyph icon={undefined} size={16} />
          <div>
            <h2>{node.title ?? node.kind}</h2>
            <p>{node.id}</p>
          </div>
        </div>
        <p className="hint p-4">
          {t('canvas.unknownKind', { kind: node.kind })}. {t('canvas.unknownText')}
        </p>
      </>
    );
  }
  return (
    <div className="contents" style={categoryStyle(definition.category)}>
      <div className="ins-h">
        <Glyph icon={definition.icon} size={17} />
        <div className="min-w-0 flex-1">
          <NodeName node={node} standard={text.title} />
          <p>
            {text.title} · {t(`library.categories.${definition.category}`)} · {node.id}
          </p>
        </div>
        <NodeMenu />
      </div>
      <Tabs.Root defaultValue="parameters" className="contents">
        <Tabs.List className="itabs" aria-label={t('inspector.title')}>
          <Tabs.Trigger value="parameters">{t('inspector.parameters')}</Tabs.Trigger>
          <Tabs.Trigger value="facts">{t('inspector.facts')}</Tabs.Trigger>
          <Tabs.Trigger value="learn">{t('inspector.learn')}</Tabs.Trigger>
        </Tabs.List>
        <Tabs.Content value="parameters" className="ins-body">
          <NodeProblems node={node} document={document} />
          <section className="sec">
            <ParamForm nodes={[node]} />
            <FrozenField nodes={[node]} />
          </section>
          <ExposeParams node={node} />
          <section className="sec">
            <h3>
              {t('inspector.facts')}
              <em>{t('inspector.factsNote')}</em>
            </h3>
            <NodeFacts analysis={analysis} text={text} />
          </section>
        </Tabs.Content>
        <Tabs.Content value="facts" className="ins-body">
          <section className="sec">
            <p className="hint mb-2">{text.description}</p>
            <NodeFacts analysis={analysis} text={text} />
          </section>
          <WeightTable analysis={analysis} />
        </Tabs.Content>
        <Tabs.Content value="learn" className="ins-body">
          <Lesson definition={definition} text={text} analysis={analysis} />
        </Tabs.Content>
      </Tabs.Root>
    </div>
  );
}

/** The key of a command, where it has one. */
function Keys({ of }: { readonly of: string }) {
  const keys = useShortcut(of);
  return keys === undefined ? null : <Kbd>{keys}</Kbd>;
}

function NodeMenu() {
  const { t } = useTranslation();
  return (
    <DropdownMenu.Root modal={false}>
      <DropdownMenu.Trigger className="ib sm" aria-label={t('inspector.more')}>
        <Ellipsis size={15} />
      </DropdownMenu.Trigger>
      <DropdownMenu.Portal container={menuHost()}>
        <DropdownMenu.Content className="menu" align="end" sideOffset={4}>
          <DropdownMenu.Item
            className="menu-item"
            // Once the menu has closed and given the focus back: the list takes it.
            onSelect={() => setTimeout(connectSelection)}
          >
            {t('canvas.connectTo')}
            <Keys of="connect" />
          </DropdownMenu.Item>
          <DropdownMenu.Item className="menu-item" onSelect={duplicateSelection}>
            {t('inspector.duplicate')}
            <Keys of="duplicate" />
          </DropdownMenu.Item>
          <DropdownMenu.Item className="menu-item" onSelect={deleteSelection}>
            {t('inspector.remove')}
            <Keys of="delete" />
          </DropdownMenu.Item>
        </DropdownMenu.Content>
      </DropdownMenu.Portal>
    </DropdownMenu.Root>
  );
}

/** A formula with the place that a problem is about; a number's expression shows it in its own field. */
function Place({ problem, node }: { readonly problem: Problem; readonly node: NodeInstance }) {
  const { param = '', data } = problem;
  const text = node.params[param];
  if (typeof data.at !== 'number' || typeof text !== 'string' || isExpression(text)) return null;
  return (
    <div className="f-why">
      <PointedText text={text} at={data.at - 1} found={String(data.found ?? data.name ?? '')} />
    </div>
  );
}

function NodeProblems({ node, document }: OneNodeProps) {
  const { t } = useTranslation();
  const problems = useDocumentStore(
    useShallow((state) =>
      toldProblems(state.graphAnalysis.problems.filter(({ nodeId }) => nodeId === node.id)),
    ),
  );
  if (problems.length === 0) return null;
  return (
    <section className="sec" aria-label={t('inspector.problems')}>
      {problems.map((problem) => {
        const { fix } = problem;
        const { expected, received } = problem.data;
        const text = problemText(problem);
        return (
          <div
            key={`${problem.code}:${problem.port}:${problem.param}:${problem.edgeId}:${problem.inside?.nodeId}`}
            className={`emsg wide ${problem.severity}`}
          >
            {text}
            <Place problem={problem} node={node} />
            {expected !== undefined && received !== undefined && !text.includes(String(received)) && (
              <div className="k">
                <span>{t('canvas.expects')}</span>
                <code>{String(expected)}</code>
                <span>{t('canvas.received')}</span>
                <code className="bad">{String(received)}</code>
              </div>
            )}
            {fix && (
              <button type="button" className="fix" onClick={() => edit(applyFix(fix))}>
                <WandSparkles size={12} aria-hidden="true" />
                {fixText(fix, document)}
              </button>
            )}
          </div>
        );
      })}
    </section>
  );
}
