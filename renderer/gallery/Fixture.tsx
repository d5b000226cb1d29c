import type { ReactNode } from 'react';

interface FixtureProps {
  readonly name: string;
  readonly height?: number;
  readonly children: ReactNode;
}

/** One state of one part, in a frame of the size it has in the window. */
export function Fixture({ name, height = 260, children }: FixtureProps) {
  return (
    <section data-fixture={name} aria-label={name} className="min-w-0">
      <h2 className="mb-1 text-small text-text-3">{name}</h2>
      <div className="overflow-hidden rounded-lg border border-line-strong bg-panel" style={{ height }}>
        {children}
      </div>
    </section>
  );
}
