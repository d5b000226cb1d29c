import { Check, ChevronDown } from 'lucide-react';
import { Select as RadixSelect, Switch as RadixSwitch } from 'radix-ui';
import { useId, useState } from 'react';

interface TextFieldProps {
  readonly id?: string;
  readonly label: string;
  readonly value: string;
  readonly invalid?: boolean;
  readonly mixed?: string | undefined;
  readonly describedBy?: string | undefined;
  /** Called as one types with what can be taken; the rest stays as it was typed until the field is left. */
  readonly onChange: (text: string) => void;
}

/** A line of text. */
export function TextField({ id, label, value, invalid, mixed, describedBy, onChange }: TextFieldProps) {
  const [draft, setDraft] = useState<string | null>(null);
  return (
    <input
      id={id}
      className="inp font-mono"
      aria-label={label}
      aria-invalid={invalid || undefined}
      aria-describedby={describedBy}
      data-invalid={invalid || undefined}
      autoComplete="off"
      spellCheck={false}
      placeholder={mixed}
      value={draft ?? (mixed === undefined ? value : '')}
      onChange={(event) => {
        setDraft(event.target.value);
        onChange(event.target.value);
      }}
      onKeyDown={(event) => event.key === 'Enter' && setDraft(null)}
      onBlur={() => setDraft(null)}
    />
  );
}

interface ChoiceProps {
  readonly id?: string;
  readonly label: string;
  /** Empty where several are edited that differ. */
  readonly value: string;
  readonly placeholder?: string | undefined;
  readonly options: readonly { readonly value: string; readonly label: string }[];
  readonly onChange: (value: string) => void;
}

/** One of many. */
export function Select({ id, label, value, placeholder, options, onChange }: ChoiceProps) {
  return (
    <RadixSelect.Root value={value} onValueChange={onChange}>
      <RadixSelect.Trigger id={id} className="inp select" aria-label={label}>
        <RadixSelect.Value placeholder={placeholder} />
        <RadixSelect.Icon>
          <ChevronDown size={13} />
        </RadixSelect.Icon>
      </RadixSelect.Trigger>
      <RadixSelect.Portal>
        <RadixSelect.Content className="menu" position="popper" sideOffset={4} collisionPadding={8}>
          <RadixSelect.Viewport>
            {options.map((option) => (
              <RadixSelect.Item key={option.value} value={option.value} className="menu-item">
                <RadixSelect.ItemText>{option.label}</RadixSelect.ItemText>
                <RadixSelect.ItemIndicator className="ml-auto">
                  <Check size={13} />
                </RadixSelect.ItemIndicator>
              </RadixSelect.Item>
            ))}
          </RadixSelect.Viewport>
        </RadixSelect.Content>
      </RadixSelect.Portal>
    </RadixSelect.Root>
  );
}

interface SwitchProps {
  readonly id?: string;
  readonly label: string;
  readonly checked: boolean;
  readonly disabled?: boolean;
  readonly onChange: (checked: boolean) => void;
}

/** On or off. */
export function Switch({ id, label, checked, disabled = false, onChange }: SwitchProps) {
  return (
    <RadixSwitch.Root
      id={id}
      className="sw"
      aria-label={label}
      checked={checked}
      disabled={disabled}
      onCheckedChange={onChange}
    >
      <RadixSwitch.Thumb className="sw-thumb" />
    </RadixSwitch.Root>
  );
}

interface FieldProps {
  readonly label: string;
  readonly help?: string | undefined;
  readonly error?: string | undefined;
  /** A mark that the value is not the default, with the way back. */
  readonly mark?: React.ReactNode;
  readonly children: (ids: { id: string; describedBy: string | undefined }) => React.ReactNode;
}

/** A labelled row of a form, with help and the reason why a value is refused. */
export function Field({ label, help, error, mark, children }: FieldProps) {
  const id = useId();
  const messageId = `${id}-message`;
  return (
    <div className="f-row" data-invalid={error !== undefined || undefined}>
      <div className="f">
        <label htmlFor={id} title={help}>
          {label}
          {mark}
        </label>
        {children({ id, describedBy: error !== undefined ? messageId : undefined })}
      </div>
      {error !== undefined && (
        <p id={messageId} className="f-error">
          {error}
        </p>
      )}
    </div>
  );
}
