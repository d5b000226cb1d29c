import { Snowflake } from 'lucide-react';
import { flushSync } from 'react-dom';
import { createRoot } from 'react-dom/client';
import { Glyph } from '../ui/Glyph.tsx';

/** What is inside the `<svg>` of each icon; `snowflake` is the sign of what is frozen. */
export function pictureIcons(names: readonly string[]): (name: string | undefined) => string {
  const holder = document.createElement('div');
  const root = createRoot(holder);
  const drawn = [...new Set(names)];
  flushSync(() =>
    root.render(
      <>
        <Glyph icon={undefined} />
        <Snowflake />
        {drawn.map((name) => (
          <Glyph key={name} icon={name} />
        ))}
      </>,
    ),
  );
  const marks = [...holder.querySelectorAll('svg')].map(({ innerHTML }) => innerHTML);
  root.unmount();
  const [unknown = '', snowflake = ''] = marks;
  const byName = new Map([
    ['snowflake', snowflake],
    ...drawn.map((name, at) => [name, marks[at + 2] ?? ''] as const),
  ]);
  return (name) => byName.get(name ?? '') ?? unknown;
}
