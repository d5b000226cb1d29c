interface SeriesPictureProps {
  readonly past: ArrayLike<number>;
  /** What followed, and what was forecast. */
  readonly target: readonly number[];
  readonly prediction: readonly number[];
  readonly className?: string;
}

const WIDTH = 100;
const HEIGHT = 100;

/** A series as it was given, with what followed and what was forecast at its end. */
export function SeriesPicture({ past, target, prediction, className = '' }: SeriesPictureProps) {
  const known = Array.from(past);
  const all = [...known, ...target, ...prediction];
  const low = Math.min(...all);
  const span = Math.max(...all) - low || 1;
  const last = known.length + target.length - 1 || 1;
  const line = (values: readonly number[], first: number) =>
    values
      .map(
        (value, at) =>
          `${((WIDTH * (first + at)) / last).toFixed(2)},${(HEIGHT * (0.95 - (0.9 * (value - low)) / span)).toFixed(2)}`,
      )
      .join(' ');
  const end = known.slice(-1);
  const from = known.length - end.length;
  return (
    <svg
      viewBox={`0 0 ${WIDTH} ${HEIGHT}`}
      preserveAspectRatio="none"
      aria-hidden="true"
      className={`block bg-surface ${className}`}
      fill="none"
      strokeWidth={1.25}
    >
      <polyline points={line(known, 0)} stroke="var(--text-3)" vectorEffect="non-scaling-stroke" />
      <polyline
        points={line([...end, ...target], from)}
        stroke="var(--ok)"
        vectorEffect="non-scaling-stroke"
      />
      <polyline
        points={line([...end, ...prediction], from)}
        stroke="var(--danger)"
        strokeDasharray="3 2"
        vectorEffect="non-scaling-stroke"
      />
    </svg>
  );
}
