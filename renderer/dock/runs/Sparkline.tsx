interface SparklineProps {
  readonly values: readonly number[];
  readonly label: string;
}

const WIDTH = 64;
const HEIGHT = 16;

/** A curve in a table cell, from its own lowest to its highest value. */
export function Sparkline({ values, label }: SparklineProps) {
  const finite = values.filter(Number.isFinite);
  if (finite.length < 2) return <span className="text-text-3">–</span>;
  const low = Math.min(...finite);
  const span = Math.max(...finite) - low || 1;
  const points = finite.map(
    (value, at) =>
      `${((at / (finite.length - 1)) * (WIDTH - 2) + 1).toFixed(1)},${(HEIGHT - 2 - ((value - low) / span) * (HEIGHT - 4)).toFixed(1)}`,
  );
  return (
    <svg width={WIDTH} height={HEIGHT} role="img" aria-label={label}>
      <polyline
        points={points.join(' ')}
        fill="none"
        stroke="var(--s-val)"
        strokeWidth={1.5}
        strokeLinejoin="round"
      />
    </svg>
  );
}
