import { Unplug } from 'lucide-react';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useHostStore } from '../stores/hostStore.ts';

/** Connections that come back sooner than this are not worth a word. */
const PATIENCE_MS = 800;

/** Says that the host cannot be reached, for as long as it cannot. */
export function ConnectionBanner() {
  const { t } = useTranslation();
  const connected = useHostStore((host) => host.connected);
  const [lost, setLost] = useState(false);
  useEffect(() => {
    if (connected) return setLost(false);
    const timer = setTimeout(() => setLost(true), PATIENCE_MS);
    return () => clearTimeout(timer);
  }, [connected]);
  return lost ? (
    <div className="banner" role="alert">
      <Unplug size={14} aria-hidden="true" />
      {t('shell.reconnecting')}
    </div>
  ) : null;
}
