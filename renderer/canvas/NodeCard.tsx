import type { NodeProps } from '@xyflow/react';
import { Check, CircleAlert, Link2, Snowflake, TriangleAlert } from 'lucide-react';
import { memo } from 'react';
import { useTranslation } from 'react-i18next';
import { useShallow } from 'zustand/react/shallow';
import { toldProblems } from '#shared/compile/toldProblems.ts';
import { BLOCK_KIND, type NodeInstance } from '#shared/graph/document.ts';
import type { NodeDefinition, PortSpec } from '#shared/nodes/defineNode.ts';
import type { Problem } from '#shared/protocol/problem.ts';
import { formatType, type PortForm, type PortType, portForm } from '#shared/types/portType.ts';
import { CardChange } from '../compare/CardChange.tsx';
import { useHoldsChange, useNodeChange } from '../compare/compareStore.ts';
import { i18n } from '../i18n/i18n.ts';
import { definitionText, summaryLines } from '../i18n/nodeText.ts';
import { useLanguage } from '../i18n/useLanguage.ts';
import { useDocumentStore } from '../stores/documentStore.ts';
import { isFolded, useFoldStore } from '../stores/foldStore.ts';
import { formatQuantity, lettersOf } from '../ui/format.ts';
import { Glyph } from '../ui/Glyph.tsx';
import { bareSize } from './bareCard.ts';
import { useIsFull } from './cardDetail.ts';
import { type CardFacts, isWired, useCardFacts } from './cardFacts.ts';
import { useWarmth, warmStyle } from './heat.ts';
import { LiveFigure } from './LiveFigure.tsx';
import { Port } from './Port.tsx';
import { ProblemNote } from './ProblemNote.tsx';
import { pickMark, usePicking } from './picking.ts';

const none: readonly Problem[] = [];
/** Letters that a header has room for, signs beside the title among them. */
const HEADER_LETTERS = 22;
/** What lies before a sign, in letters. */
const BESIDE = 2;

/** Whether a title has to be cut short for what stands beside it. Chinese letters are nearly twice as wide. */
const isLong = (title: string, ...beside: readonly string[]): boolean =>
  beside.reduce((sum, sign) => sum + (sign === '' ? 0 : sign.length + BESIDE), lettersOf(title)) >
  HEADER_LETTERS;

/** A node on the canvas; everything it shows is found by its own id, so it renders alone. */
export const NodeCard = memo(function NodeCard({ id }: NodeProps) {
  const facts = useCardFacts(id);
  if (!facts) return null;
  const { node, definition } = facts;
  return definition ? <KnownCard facts={facts} definition={definition} /> : <PlaceholderCard node={node} />;
});

const untyped = (spec: PortSpec): PortForm => (spec.type === 'loss' ? 'loss' : 'tensor');

interface CardProps {
  readonly facts: CardFacts;
  readonly definition: NodeDefinition;
}

function KnownCard({ facts, definition }: CardProps) {
  useLanguage();
  const { node, analysis, problems, params, wired } = facts;
  const { id } = node;
  const text = definitionText(definition);
  const title = node.title ?? text.title;
  const error = problems.some(({ severity }) => severity === 'error');
  const folded = useFoldStore(isFolded(id));
  const warmth = useWarmth(id);
  const full = useIsFull(id);
  const change = useNodeChange(id);
  const holdsChange = useHoldsChange(node);
  const pick = usePicking(pickMark(id));
  const repeat = node.kind === BLOCK_KIND && Number(params.repeat) > 1 ? `×${String(params.repeat)}` : '';
  const marks = [
    error ? 'err' : problems.length > 0 && 'warn',
    node.off && `off ${node.off}`,
    folded && 'folded',
    repeat !== '' && 'stacked',
    !full && 'bare',
    warmth && 'warm',
    pick,
    `in-${definition.category}`,
    (change ?? holdsChange) && `cmp is-${change?.kind ?? 'changed'}`,
  ];
  const parsed = full ? definition.params.safeParse(params) : null;
  const summary = parsed?.success ? summaryLines(definition, parsed.data) : [];
  const count = analysis && analysis.parameterCount > 0 ? formatQuantity(analysis.parameterCount) : '';
  const shares = node.kind === BLOCK_KIND && node.params.shareWith !== undefined;
  const badge = node.off ? i18n.t(`canvas.${node.off}`) : (warmth?.label ?? count);
  const signed = !node.off && problems.length > 0;
  const rows = Math.max(definition.ports.inputs.length, definition.ports.outputs.length);
  const portName = (port: string): string => text.ports[port] ?? port;

  return (
    <article
      className={['node', ...marks].filter(Boolean).join(' ')}
      style={{
        ...(warmth && warmStyle(warmth)),
        ...(!full && !folded && bareSize(node, definition)),
      }}
      aria-label={title}
    >
      <header className="node-head">
        {full &&
          (pick === 'pick-in' ? (
            <span className="glyph">
              <Check size={12} aria-hidden="true" />
            </span>
          ) : (
            <Glyph icon={definition.icon} size={12} />
          ))}
        <b
          className={
            isLong(title, signed ? '!' : badge, repeat, node.frozen ? '*' : '', shares ? '*' : '')
              ? 'long'
              : ''
          }
        >
          {title}
        </b>
        {full && node.frozen && (
          <Snowflake size={12} role="img" aria-label={i18n.t('inspector.frozen')} className="frozen" />
        )}
        {full && shares && (
          <Link2 size={12} role="img" aria-label={i18n.t('blocks.shares')} className="shares" />
        )}
        {full && repeat !== '' && <span className="badge times">{repeat}</span>}
        {!full ? null : signed ? (
          <span className="st">{error ? <CircleAlert size={14} /> : <TriangleAlert size={14} />}</span>
        ) : (
          badge !== '' && <span className="badge">{badge}</span>
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
                <Port
                  nodeId={id}
                  port={input.id}
                  side="in"
                  form={inputType ? portForm(inputType) : untyped(input)}
                  wired={isWired(wired.inputs, input.id)}
                  bad={problems.some(({ port, severity }) => port === input.id && severity === 'error')}
                  label={full ? i18n.t('canvas.input', { port: portName(input.id), node: title }) : undefined}
                />
              )}
              {input && full && <span className="pl">{portName(input.id)}</span>}
              {output && full && (
                <OutputLabel
                  label={definition.ports.outputs.length > 1 ? portName(output.id) : ''}
                  type={outputType}
                  fallback={portName(output.id)}
                />
              )}
              {output && (
                <Port
                  nodeId={id}
                  port={output.id}
                  side="out"
                  form={outputType ? portForm(outputType) : untyped(output)}
                  wired={isWired(wired.outputs, output.id)}
                  bad={false}
                  label={
                    full ? i18n.t('canvas.output', { port: portName(output.id), node: title }) : undefined
                  }
                />
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
        {(full ? toldProblems(problems).slice(0, 2) : none).map((problem) => (
          <ProblemNote
            key={`${problem.code}:${problem.port}:${problem.param}:${problem.inside?.nodeId}`}
            problem={problem}
          />
        ))}
        {(change || holdsChange) && (
          <CardChange node={node} change={change} inside={holdsChange} lines={full} />
        )}
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
    <article className="node placeholder in-shape" aria-label={title}>
      <header className="node-head">
        <Glyph icon={undefined} />
        <b className={isLong(title) ? 'long' : ''}>{title}</b>
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
