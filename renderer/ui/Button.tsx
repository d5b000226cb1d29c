import { Tooltip } from 'radix-ui';
import type { ComponentProps, ReactNode } from 'react';

type ButtonProps = ComponentProps<'button'> & {
  readonly tone?: 'plain' | 'solid' | 'primary' | 'ghost' | 'danger';
  readonly size?: 'sm' | 'md' | 'lg';
};

/** A button with a text. */
export function Button({ tone = 'plain', size = 'md', className = '', ...rest }: ButtonProps) {
  return <button type="button" {...rest} className={`btn ${tone} ${size} ${className}`} />;
}

type IconButtonProps = Omit<ComponentProps<'button'>, 'aria-label' | 'title'> & {
  /** Said by screen readers and shown on hover. */
  readonly label: string;
  readonly shortcut?: string;
  readonly side?: 'top' | 'right' | 'bottom' | 'left';
};

/** A button with an icon only; its label is its tooltip. */
export function IconButton({ label, shortcut, side = 'bottom', className = '', ...rest }: IconButtonProps) {
  return (
    <Tip label={label} side={side} {...(shortcut !== undefined && { shortcut })}>
      <button type="button" aria-label={label} {...rest} className={`ib ${className}`} />
    </Tip>
  );
}

interface TipProps {
  readonly label: ReactNode;
  readonly shortcut?: string;
  readonly side?: 'top' | 'right' | 'bottom' | 'left';
  /** One element that takes a ref. */
  readonly children: ReactNode;
}

/** A tooltip around one element. */
export function Tip({ label, shortcut, side = 'bottom', children }: TipProps) {
  return (
    <Tooltip.Root>
      <Tooltip.Trigger asChild>{children}</Tooltip.Trigger>
      <Tooltip.Portal>
        <Tooltip.Content className="tooltip" side={side} sideOffset={6} collisionPadding={8}>
          {label}
          {shortcut !== undefined && <Kbd>{shortcut}</Kbd>}
        </Tooltip.Content>
      </Tooltip.Portal>
    </Tooltip.Root>
  );
}

/** A key or a chord of keys. */
export function Kbd({ children }: { readonly children: ReactNode }) {
  return <kbd>{children}</kbd>;
}
