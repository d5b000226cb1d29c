import { Compass } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { setView } from '../stores/viewStore.ts';
import { Button } from '../ui/Button.tsx';

interface TourOfferProps {
  readonly onStart: () => void;
  readonly onDecline?: () => void;
}

/** Offered once, at the first start: it can be taken later from the start screen and the palette. */
export function TourOffer({ onStart, onDecline = () => setView({ tourSeen: true }) }: TourOfferProps) {
  const { t } = useTranslation();
  return (
    <section className="tour-offer" aria-label={t('tour.offerTitle')}>
      <Compass size={20} aria-hidden="true" />
      <div className="min-w-0 grow">
        <h2 className="text-body">{t('tour.offerTitle')}</h2>
        <p className="text-small text-text-2">{t('tour.offerText')}</p>
      </div>
      <Button onClick={onDecline}>{t('tour.notNow')}</Button>
      <Button tone="primary" onClick={onStart}>
        {t('tour.start')}
      </Button>
    </section>
  );
}
