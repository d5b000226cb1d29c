import { ToggleGroup } from 'radix-ui';

interface SegmentedProps<T extends string> {
  readonly label: string;
  readonly value: T;
  readonly options: readonly { readonly value: T; readonly label: string }[];
  readonly onChange: (value: T) => void;
  readonly size?: 'sm' | 'md';
}

/** A choice between a few, all of them visible. */
export function Segmented<T extends string>({
  label,
  value,
  options,
  onChange,
  size = 'md',
}: SegmentedProps<T>) {
  return (
    <ToggleGroup.Root
      type="single"
      aria-label={label}
      value={value}
      onValueChange={(next) => next && onChange(next as T)}
      className={`flex rounded-(--r-sm) bg-(--field) p-0.5 shadow-[inset_0_0_0_1px_var(--line-strong)] ${size === 'sm' ? 'h-(--h-sm) text-(length:--t-caption)' : 'h-[26px] text-(length:--t-small)'}`}
    >
      {options.map((option) => (
        <ToggleGroup.Item
          key={option.value}
          value={option.value}
          className="grid flex-1 place-items-center whitespace-nowrap rounded-(--r-xs) px-2 text-(--text-3) hover:text-(--text) data-[state=on]:bg-(--hover) data-[state=on]:text-(--text)"
        >
          {option.label}
        </ToggleGroup.Item>
      ))}
    </ToggleGroup.Root>
  );
}
