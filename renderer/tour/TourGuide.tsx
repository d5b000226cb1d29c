import { Compass, PartyPopper, X } from 'lucide-react';
import { useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { describeMetric } from '../dock/training/curveMetrics.ts';
import { newDocument } from '../shell/appCommands.ts';
import { useRunStore } from '../stores/runStore.ts';
import { Button, IconButton } from '../ui/Button.tsx';
import { formatPercent } from '../ui/format.ts';
import { placeCard } from './placeCard.ts';
import type { TourStep } from './tourSteps.ts';
import { tourSteps } from './tourSteps.ts';
import { currentStep, endTour, useTour } from './tourStore.ts';

/** What the ring keeps around the control. */
const RING = 6;

/** The first part of a control that takes the keyboard. */
function focusTarget(step: TourStep): void {
  const target = step.target();
  const focusable = 'a, button, input, select, textarea, [tabindex]:not([tabindex="-1"])';
  const part = target?.matches(focusable) ? target : target?.querySelector(focusable);
  if (part instanceof HTMLElement) part.focus();
}

/** Points at real controls, one after the other, and waits for what the person does with them. */
export function TourGuide() {
  const step = useTour(currentStep);
  const at = useTour((tour) => tour.at ?? 0);
  return step && <StepCard key={step.id} step={step} number={at + 1} />;
}

/** The ring and the card of a step, as the window shows them. */
export function StepCard({ step, number }: { readonly step: TourStep; readonly number: number }) {
  const { t } = useTranslation();
  const ring = useRef<HTMLDivElement>(null);
  const card = useRef<HTMLElement>(null);
  useEffect(() => {
    const calm = matchMedia('(prefers-reduced-motion: reduce)').matches;
    step.target()?.scrollIntoView({ block: 'nearest', behavior: calm ? 'instant' : 'smooth' });
    let frame = 0;
    let shown = '';
    // Panels open, cards move, the view zooms: what is pointed at may be anywhere at any time.
    const follow = (): void => {
      frame = requestAnimationFrame(follow);
      const box = step.target()?.getBoundingClientRect();
      const area = box && box.width > 0 ? box : null;
      const { offsetWidth: width = 0, offsetHeight: height = 0 } = card.current ?? {};
      const place = placeCard(area, { width, height }, { width: innerWidth, height: innerHeight }, step.side);
      const next = [area?.left, area?.top, area?.width, area?.height, place.left, place.top]
        .map((value) => Math.round(value ?? 0))
        .join();
      if (next === shown) return;
      shown = next;
      if (card.current)
        Object.assign(card.current.style, { left: `${place.left}px`, top: `${place.top}px`, opacity: '1' });
      if (!ring.current) return;
      ring.current.hidden = area === null;
      if (area)
        Object.assign(ring.current.style, {
          left: `${area.left - RING}px`,
          top: `${area.top - RING}px`,
          width: `${area.width + 2 * RING}px`,
          height: `${area.height + 2 * RING}px`,
        });
    };
    follow();
    return () => cancelAnimationFrame(frame);
  }, [step]);
  // The button that began the tour may be gone, and the keyboard with it.
  useEffect(() => {
    if (number === 1 && document.activeElement === document.body) card.current?.focus();
  }, [number]);
  const last = step.id === 'end';
  return (
    <>
      <div ref={ring} className="tour-ring" aria-hidden="true" hidden />
      <section
        ref={card}
        id="tour-card"
        className="tour-card"
        tabIndex={-1}
        aria-label={t('tour.label', { number, count: tourSteps.length })}
      >
        <header>
          {last ? <PartyPopper size={15} aria-hidden="true" /> : <Compass size={15} aria-hidden="true" />}
          <small>{t('tour.count', { number, count: tourSteps.length })}</small>
          <IconButton className="sm ml-auto" label={t('tour.end')} onClick={endTour}>
            <X size={14} />
          </IconButton>
        </header>
        <div aria-live="polite">
          <h2>{t(`tour.steps.${step.id}.title`)}</h2>
          <p>{last ? <Result /> : t(`tour.steps.${step.id}.text`)}</p>
        </div>
        <div className="actions">
          {last ? (
            <>
              <Button
                size="sm"
                onClick={() => {
                  endTour();
                  newDocument();
                }}
              >
                {t('tour.own')}
              </Button>
              <Button size="sm" tone="solid" onClick={endTour}>
                {t('tour.finish')}
              </Button>
            </>
          ) : (
            <>
              <Button size="sm" tone="ghost" onClick={endTour}>
                {t('tour.skip')}
              </Button>
              <Button size="sm" onClick={() => focusTarget(step)}>
                {t('tour.show')}
              </Button>
            </>
          )}
        </div>
      </section>
    </>
  );
}

/** What the network of the tour has come to. */
function Result() {
  const { t } = useTranslation();
  const latest = useRunStore((run) => run.runs.find(({ id }) => id === run.currentRunId)?.latest);
  const accuracy = latest?.test?.accuracy ?? latest?.validation?.accuracy;
  return (
    <>
      {accuracy !== undefined &&
        t('tour.result', {
          metric: describeMetric('accuracy').title ?? '',
          value: formatPercent(accuracy, 1),
        })}{' '}
      {t('tour.steps.end.text')}
    </>
  );
}
