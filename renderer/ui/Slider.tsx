import { Slider as Radix } from 'radix-ui';

interface SliderProps {
  readonly label: string;
  readonly value: number;
  readonly min: number;
  readonly max: number;
  readonly step: number;
  readonly onChange: (value: number) => void;
  /** When the pointer lets go or a key has been pressed. */
  readonly onCommit?: (value: number) => void;
  /** What the value means, said by screen readers. */
  readonly valueText?: string;
  readonly disabled?: boolean;
}

/** A value on a line. */
export function Slider({
  label,
  value,
  min,
  max,
  step,
  onChange,
  onCommit,
  valueText,
  disabled = false,
}: SliderProps) {
  return (
    <Radix.Root
      className="slider relative flex h-4 w-full touch-none items-center select-none data-[disabled]:opacity-50"
      value={[value]}
      min={min}
      max={max}
      step={step}
      disabled={disabled}
      onValueChange={([next]) => next !== undefined && onChange(next)}
      {...(onCommit && { onValueCommit: ([next]: number[]) => next !== undefined && onCommit(next) })}
    >
      <Radix.Track className="relative h-1 grow rounded-full bg-(--n-5)">
        <Radix.Range className="absolute h-full rounded-full bg-accent" />
      </Radix.Track>
      <Radix.Thumb
        aria-label={label}
        aria-valuetext={valueText}
        className="block size-3.5 rounded-full border border-(--control-line) bg-text"
      />
    </Radix.Root>
  );
}
