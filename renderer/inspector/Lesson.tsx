import { ExternalLink } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import type { NodeAnalysis } from '#shared/compile/plan.ts';
import type { NodeDefinition, NodeText } from '#shared/nodes/defineNode.ts';
import { formatType } from '#shared/types/portType.ts';
import { lessonText } from '../i18n/nodeText.ts';
import { Formula } from './Formula.tsx';

interface LessonProps {
  readonly definition: NodeDefinition;
  readonly text: NodeText;
  readonly analysis: NodeAnalysis | undefined;
}

/** What a node does, for somebody who meets it for the first time. */
export function Lesson({ definition, text, analysis }: LessonProps) {
  const { t } = useTranslation();
  const { lesson, ports } = definition;
  // In the order of the form.
  const params = Object.keys(definition.params.shape).flatMap((key) => {
    const param = text.params[key];
    return param?.help === undefined ? [] : [[key, param] as const];
  });
  return (
    <div className="lesson">
      <section className="sec">
        <p className="lesson-text">{lessonText(definition) ?? text.description}</p>
        {lesson?.formula !== undefined && (
          <>
            <h3>{t('inspector.formula')}</h3>
            <Formula text={lesson.formula} />
          </>
        )}
      </section>
      <section className="sec">
        <h3>{t('inspector.ports')}</h3>
        <dl className="lesson-ports">
          {[
            ...ports.inputs.map(({ id }) => ({
              id,
              side: t('inspector.input'),
              type: analysis?.inputs[id]?.[0],
            })),
            ...ports.outputs.map(({ id }) => ({
              id,
              side: t('inspector.output'),
              type: analysis?.outputs[id],
            })),
          ].map(({ id, side, type }) => (
            <div key={`${side} ${id}`}>
              <dt>
                {text.ports[id] ?? id} <em>{side}</em>
              </dt>
              <dd>
                {!type
                  ? t('inspector.notInferred')
                  : type.type === 'loss'
                    ? t('inspector.loss')
                    : formatType(type)}
              </dd>
            </div>
          ))}
        </dl>
      </section>
      {params.length > 0 && (
        <section className="sec">
          <h3>{t('inspector.parametersOf')}</h3>
          <dl className="lesson-params">
            {params.map(([key, { label, help }]) => (
              <div key={key}>
                <dt>{label}</dt>
                <dd>{help}</dd>
              </div>
            ))}
          </dl>
        </section>
      )}
      {lesson && lesson.references.length > 0 && (
        <section className="sec">
          <h3>{t('inspector.references')}</h3>
          <ul className="lesson-references">
            {lesson.references.map(({ title, url }) => (
              <li key={title}>
                {url === undefined ? (
                  title
                ) : (
                  <a href={url} target="_blank" rel="noreferrer">
                    {title}
                    <ExternalLink size={11} aria-hidden="true" />
                  </a>
                )}
              </li>
            ))}
          </ul>
        </section>
      )}
    </div>
  );
}
