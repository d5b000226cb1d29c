import type { NodeProps } from '@xyflow/react';
import { CircleAlert, Snowflake, TriangleAlert } from 'lucide-react';
import { memo } from 'react';
import { useTranslation } from 'react-i18next';
import { useShallow } from 'zustand/react/shallow';
import { definitionOf } from '#shared/graph/definitionOf.ts';
import type { NodeInstance } from '#shared/graph/document.ts';
import { resolvedNode } from '#shared/graph/resolveExpressions.ts';
import type { NodeDefinition, PortSpec } from '#shared/nodes/defineNode.ts';
import type { Problem } from '#shared/protocol/problem.ts';
import { formatType, type PortForm, type PortType, portForm } from '#shared/types/portType.ts';
import { definitionText, summaryLines } from '../i18n/nodeText.ts';
import { useDocumentStore } from '../stores/documentStore.ts';
import { isFolded, useFoldStore } from '../stores/foldStore.ts';
import { formatQuantity } from '../ui/format.ts';
import { categoryStyle, Glyph } from '../ui/Glyph.tsx';
import { guessSize, useIsFull } from './cardDetail.ts';
import { documentIndex } from './documentIndex.ts';
import { useWarmth, warmStyle } from './heat.ts';
import { LiveFigure } from './LiveFigure.tsx';
import { Port } from './Port.tsx';
import { ProblemNote } from './ProblemNote.tsx';
import { problemIndex } from './problemIndex.ts';

const none: readonly Problem[] = [];
/** Titles with more letters may be cut short. */
const LONG_TITLE = 24;

/** A node on the canvas; everything it shows is selected by its own id, so it renders alone. */
export const NodeCard = memo(function NodeCard({ id }: NodeProps) {
  const node = useDocumentStore((state) => state.graph && documentIndex(state.graph).nodes.get(id));
  const definition = useDocumentStore((state) => state.graph && node && definitionOf(state.graph, node));
  if (!node) return null;
  return definition ? <KnownCard node={node} definition={definition} /> : <PlaceholderCard node={node} />;
});

function useNodeProblems(id: string): readonly Problem[] {
  return useDocumentStore(
    useShallow(({ graphAnalysis: analysis }) => problemIndex(analysis).byNode.get(id) ?? none),
  );
}

const untyped = (spec: PortSpec): PortForm => (spec.type === 'loss' ? 'loss' : 'tensor');

interface CardProps {
  readonly node: NodeInstance;
  readonly definition: NodeDefinition;
}

function KnownCard({ node, definition }: CardProps) {
  const { t } = useTranslation();
  const { id } = node;
  const text = definitionText(definition);
  const title = node.title ?? text.title;
  const analysis = useDocumentStore((state) => state.graphAnalysis.nodes.get(id));
  const problems = useNodeProblems(id);
  const wiredPorts = useDocumentStore((state) => {
    if (!state.graph) return '';
    const { wired } = documentIndex(state.graph);
    const inputs = definition.ports.inputs.filter((port) => wired.has(`>${id}.${port.id}`));
    const outputs = definition.ports.outputs.filter((port) => wired.has(`${id}.${port.id}>`));
    return `${inputs.map((port) => port.id).join()}|${outputs.map((port) => port.id).join()}`;
  });
  const [wiredInputs = '', wiredOutputs = ''] = wiredPorts.split('|');
  const error = problems.some(({ severity }) => severity === 'error');
  const folded = useFoldStore(isFolded(id));
  const warmth = useWarmth(id);
  const full = useIsFull(id);
  const marks = [
    error ? 'err' : problems.length > 0 && 'warn',
    node.off && `off ${node.off}`,
    folded && 'folded',
    warmth && 'warm',
  ];
  const params = useDocumentStore(({ document }) => document && resolvedNode(node, document).params);
  const parsed = full ? definition.params.safeParse(params ?? node.params) : null;
  const summary = parsed?.success ? summaryLines(definition, parsed.data) : [];
  const count = analysis && analysis.parameterCount > 0 ? formatQuantity(analysis.parameterCount) : '';
  const rows = Math.max(definition.ports.inputs.length, definition.ports.outputs.length);

  return (
    <article
      className={['node', ...marks].filter(Boolean).join(' ')}
      style={{
        ...(warmth ? warmStyle(warmth, definition.category) : categoryStyle(definition.category)),
        ...(!full && guessSize(title.length, rows, Math.min(1, Object.keys(node.params).length))),
      }}
      aria-label={title}
    >
      <header className="node-head">
        {full && <Glyph icon={definition.icon} size={12} />}
        <b className={title.length > LONG_TITLE ? 'long' : ''}>{title}</b>
        {full && node.frozen && (
          <Snowflake size={12} role="img" aria-label={t('inspector.frozen')} className="frozen" />
        )}
        {!full ? null : node.off ? (
          <span className="badge">{t(`canvas.${node.off}`)}</span>
        ) : problems.length > 0 ? (
          <span className="st">{error ? <CircleAlert size={14} /> : <TriangleAlert size={14} />}</span>
        ) : (
          (warmth?.label ?? count) !== '' && <span className="badge">{warmth?.label ?? count}</span>
        )}
      </header>
      <div className="nbody">
        {Array.from({ length: rows }, (_, row) => {
          const input = definition.ports.inputs[row];
          const output = definition.ports.outputs[row];
          const inputType = input && analysis?.inputs[input.id]?.[0];
          const outputType = output && analysis?.outputs[output.id];
          return (
            <div className="prow" key={`${input?.id ?? ''}:${output?.id ?? ''}`}>
              {input && (
                <>
                  <Port
                    nodeId={id}
                    port={input.id}
                    side="in"
                    form={inputType ? portForm(inputType) : untyped(input)}
                    wired={wiredInputs.split(',').includes(input.id)}
                    bad={problems.some(({ port, severity }) => port === input.id && severity === 'error')}
                    label={t('canvas.input', { port: text.ports[input.id] ?? input.id, node: title })}
                  />
                  {full && <span className="pl">{text.ports[input.id] ?? input.id}</span>}
                </>
              )}
              {output && (
                <>
                  {full && (
                    <OutputLabel
                      label={definition.ports.outputs.length > 1 ? (text.ports[output.id] ?? output.id) : ''}
                      type={outputType}
                      fallback={text.ports[output.id] ?? output.id}
                    />
                  )}
                  <Port
                    nodeId={id}
                    port={output.id}
                    side="out"
                    form={outputType ? portForm(outputType) : untyped(output)}
                    wired={wiredOutputs.split(',').includes(output.id)}
                    bad={false}
                    label={t('canvas.output', { port: text.ports[output.id] ?? output.id, node: title })}
                  />
                </>
              )}
            </div>
          );
        })}
        {summary.length > 0 && (
          <div className="sum">
            {summary.map((line) => (
              <span key={line}>{line}</span>
            ))}
          </div>
        )}
        {full && (
          <div className="live">
            <LiveFigure definition={definition} />
          </div>
        )}
        {(full ? problems.slice(0, 2) : none).map((problem) => (
          <ProblemNote key={`${problem.code}:${problem.port}:${problem.param}`} problem={problem} />
        ))}
      </div>
    </article>
  );
}

function OutputLabel(props: {
  readonly label: string;
  readonly type: PortType | undefined;
  readonly fallback: string;
}) {
  const { type, label, fallback } = props;
  return (
    <span className="po">
      {label}
      {type?.type === 'tensor' ? <code>{formatType(type)}</code> : label === '' && fallback}
    </span>
  );
}

/** A node of a kind that this version does not know: kept, with the ports that its wires use. */
function PlaceholderCard({ node }: { readonly node: NodeInstance }) {
  const { t } = useTranslation();
  const ports = useDocumentStore(
    useShallow((state) =>
      (state.graph?.edges ?? []).flatMap(({ from, to }) => [
        ...(to.node === node.id ? [`in ${to.port}`] : []),
        ...(from.node === node.id ? [`out ${from.port}`] : []),
      ]),
    ),
  );
  const title = node.title ?? node.kind;
  return (
    <article className="node placeholder" style={categoryStyle(undefined)} aria-label={title}>
      <header className="node-head">
        <Glyph icon={undefined} />
        <b className={title.length > LONG_TITLE ? 'long' : ''}>{title}</b>
      </header>
      <div className="nbody">
        {[...new Set(ports)].map((entry) => {
          const [side = 'in', port = ''] = entry.split(' ');
          return (
            <div className="prow" key={entry}>
              <Port
                nodeId={node.id}
                port={port}
                side={side === 'in' ? 'in' : 'out'}
                form="tensor"
                wired
                bad={false}
                label={t(side === 'in' ? 'canvas.input' : 'canvas.output', { port, node: title })}
              />
              <span className={side === 'in' ? 'pl' : 'po'}>{port}</span>
            </div>
          );
        })}
        <div className="emsg warning">
          {t('canvas.unknownKind', { kind: node.kind })}. {t('canvas.unknownText')}
        </div>
      </div>
    </article>
  );
}
