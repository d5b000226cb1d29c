import { ToggleGroup } from 'radix-ui';

interface SegmentedProps<T extends string> {
  readonly id?: string;
  readonly label: string;
  readonly value: T;
  readonly options: readonly { readonly value: T; readonly label: string }[];
  readonly onChange: (value: T) => void;
  readonly className?: string;
}

/** One of two or three, all in sight. */
export function Segmented<T extends string>(props: SegmentedProps<T>) {
  const { id, label, value, options, onChange, className = '' } = props;
  return (
    <ToggleGroup.Root
      {...(id !== undefined && { id })}
      type="single"
      className={`seg ${className}`}
      aria-label={label}
      value={value}
      onValueChange={(chosen) => {
        const option = options.find((candidate) => candidate.value === chosen);
        if (option) onChange(option.value);
      }}
    >
      {options.map((option) => (
        <ToggleGroup.Item key={option.value} value={option.value}>
          {option.label}
        </ToggleGroup.Item>
      ))}
    </ToggleGroup.Root>
  );
}
