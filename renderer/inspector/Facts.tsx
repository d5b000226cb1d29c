import { useTranslation } from 'react-i18next';
import type { NodeAnalysis } from '#shared/compile/plan.ts';
import { formatCount } from '#shared/i18n/formatCount.ts';
import type { NodeText } from '#shared/nodes/defineNode.ts';
import { formatShape, formatType, portForm } from '#shared/types/portType.ts';
import { useDocumentStore } from '../stores/documentStore.ts';
import { portColor } from '../ui/categories.ts';
import { formatBytes, formatPercent, formatQuantity } from '../ui/format.ts';

/** One figure with what it is. */
export function Fact({ label, children, wide = false }: FactProps) {
  return (
    <div className={`fact ${wide ? 'wide' : ''}`}>
      <span>{label}</span>
      <b>{children}</b>
    </div>
  );
}
interface FactProps {
  readonly label: string;
  readonly children: React.ReactNode;
  readonly wide?: boolean;
}

export interface Sums {
  readonly parameters: number;
  readonly flops: number;
  readonly activationBytes: number;
}

/** Parameters, work and memory of a node, of several, or of the whole model. */
export function SumFacts({ parameters, flops, activationBytes }: Sums) {
  const { t } = useTranslation();
  return (
    <>
      <Fact label={t('inspector.parameterCount')}>{formatCount(parameters)}</Fact>
      <Fact label={t('inspector.flops')}>{formatQuantity(flops)}</Fact>
      <Fact label={t('inspector.activationMemory')} wide>
        {formatBytes(activationBytes)}
      </Fact>
    </>
  );
}

/** How large a part of the model's parameters this is. */
export function Share({ parameters }: { readonly parameters: number }) {
  const { t } = useTranslation();
  const total = useDocumentStore((state) => state.graphAnalysis.totals.parameters);
  if (total === 0) return null;
  const share = parameters / total;
  return (
    <div className="share">
      <div className="lrow">
        <span>{t('inspector.share')}</span>
        <code>{t('inspector.shareOf', { share: formatPercent(share, 1), total: formatCount(total) })}</code>
      </div>
      <span className="bar">
        <i style={{ transform: `scaleX(${share})` }} />
      </span>
    </div>
  );
}

interface NodeFactsProps {
  readonly analysis: NodeAnalysis | undefined;
  readonly text: NodeText;
}

/** What was worked out about one node. */
export function NodeFacts({ analysis, text }: NodeFactsProps) {
  const { t } = useTranslation();
  if (!analysis) return <p className="hint">{t('inspector.notInferred')}</p>;
  const outputs = Object.entries(analysis.outputs);
  return (
    <>
      <div className="facts">
        <SumFacts
          parameters={analysis.parameterCount}
          flops={analysis.flops}
          activationBytes={analysis.activationBytes}
        />
        {outputs.map(([port, type]) => (
          <Fact
            key={port}
            wide
            label={
              outputs.length > 1
                ? t('inspector.outputShapeOf', { port: text.ports[port] ?? port })
                : t('inspector.outputShape')
            }
          >
            <i
              className="inline-block size-2.5 rounded-xs"
              style={{ background: portColor[portForm(type)] }}
            />
            {type.type === 'loss' ? t('inspector.loss') : formatType(type)}
          </Fact>
        ))}
      </div>
      <Share parameters={analysis.parameterCount} />
    </>
  );
}

/** Each weight with its shape. */
export function WeightTable({ analysis }: { readonly analysis: NodeAnalysis | undefined }) {
  const { t } = useTranslation();
  const weights = Object.entries(analysis?.weights ?? {});
  if (weights.length === 0) return null;
  return (
    <section className="sec">
      <h3>{t('inspector.weights')}</h3>
      <table className="wtable">
        <tbody>
          {weights.map(([name, spec]) => (
            <tr key={name}>
              <td>{name}</td>
              <td>{formatShape(spec.shape)}</td>
              <td>{formatCount(spec.shape.reduce((product, dim) => product * dim, 1))}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}
