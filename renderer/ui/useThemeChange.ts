import { useEffect, useState } from 'react';

/** A number that grows whenever the page's theme changes: for what is drawn with colours read from tokens. */
export function useThemeChange(): number {
  const [version, setVersion] = useState(0);
  useEffect(() => {
    const observer = new MutationObserver(() => setVersion((count) => count + 1));
    observer.observe(document.documentElement, { attributes: true, attributeFilter: ['data-theme'] });
    const scheme = matchMedia('(prefers-color-scheme: light)');
    const changed = (): void => setVersion((count) => count + 1);
    scheme.addEventListener('change', changed);
    return () => {
      observer.disconnect();
      scheme.removeEventListener('change', changed);
    };
  }, []);
  return version;
}
