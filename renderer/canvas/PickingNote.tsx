import { useTranslation } from 'react-i18next';
import { Button } from '../ui/Button.tsx';
import { endPicking, usePicking } from './picking.ts';

/** Says over the canvas that nodes are picked, and ends it. */
export function PickingNote() {
  const { t } = useTranslation();
  const picking = usePicking((state) => state.picking);
  if (!picking) return null;
  return (
    <div className="over cv-pick-note" role="status">
      {t('canvas.pick.how', { param: picking.label, count: picking.ids.length })}
      <Button size="sm" tone="solid" onClick={endPicking}>
        {t('canvas.pick.done')}
      </Button>
    </div>
  );
}
