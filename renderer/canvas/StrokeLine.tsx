import { useTranslation } from 'react-i18next';
import { useStroke } from './strokeTool.ts';

/** The stroke being drawn, with what it does; or what to do while the next drag is to be one. */
export function StrokeLine() {
  const { t } = useTranslation();
  const armed = useStroke((state) => state.armed);
  const stroke = useStroke((state) => state.stroke);
  const tool = stroke?.tool ?? armed;
  if (tool === null) return null;
  return (
    <>
      {stroke && (
        <svg className={`cv-stroke ${stroke.tool}`} aria-hidden="true">
          <path d={stroke.path} />
        </svg>
      )}
      <div className="cv-stroke-note over" role="status">
        {stroke
          ? t(`canvas.strokes.${tool}.caught`, { count: stroke.caught })
          : t(`canvas.strokes.${tool}.how`)}
        <kbd>Esc</kbd>
      </div>
    </>
  );
}
