import { useTranslation } from 'react-i18next';
import { Field } from '../ui/Field.tsx';
import { NumberField } from '../ui/NumberField.tsx';

interface SettingFieldProps {
  readonly label: string;
  readonly help?: string | undefined;
  readonly value: number;
  readonly min: number;
  readonly max?: number;
  readonly integer?: boolean;
  readonly step?: number;
  readonly factor?: number;
  /** Called with numbers within the limits only. */
  readonly onChange: (value: number) => void;
}

/** A labelled number with limits, of which nothing outside them is taken. */
export function SettingField({ label, help, onChange, integer = true, ...rest }: SettingFieldProps) {
  const { t } = useTranslation();
  const { min, max = Infinity } = rest;
  return (
    <Field label={label} help={help}>
      {({ id }) => (
        <NumberField
          id={id}
          label={label}
          integer={integer}
          {...rest}
          edits
          increaseLabel={t('inspector.increase', { param: label })}
          decreaseLabel={t('inspector.decrease', { param: label })}
          onChange={(next) => {
            if (next >= min && next <= max && (!integer || Number.isInteger(next))) onChange(next);
          }}
        />
      )}
    </Field>
  );
}
