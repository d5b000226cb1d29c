interface PointedTextProps {
  readonly text: string;
  /** Where it is wrong, counted from 0. */
  readonly at: number;
  /** What stands there; empty at the end. */
  readonly found: string;
}

/** A text with the place marked where it is wrong. */
export function PointedText({ text, at, found }: PointedTextProps) {
  const end = at + Math.max(1, found.length);
  return (
    <code>
      {text.slice(0, at)}
      <mark>{text.slice(at, end) || '␣'}</mark>
      {text.slice(end)}
    </code>
  );
}
