import type { ButtonHTMLAttributes, ReactNode } from 'react';

const looks = {
  plain: 'border-(--line-strong) bg-(--surface) text-(--text) hover:bg-(--hover)',
  primary: 'border-transparent bg-(--accent-fill) text-(--on-accent) hover:bg-(--accent-hover)',
  solid: 'border-transparent bg-(--text) text-(--n-0) hover:opacity-90',
  ghost: 'border-transparent text-(--text-2) hover:bg-(--hover) hover:text-(--text)',
  danger: 'border-transparent bg-(--danger-soft) text-(--danger) hover:border-(--danger)',
} as const;
const sizes = {
  sm: 'h-(--h-sm) gap-1 rounded-(--r-sm) px-2 text-(length:--t-caption)',
  md: 'h-(--h-md) gap-1.5 rounded-(--r-md) px-[11px] text-(length:--t-small)',
  lg: 'h-(--h-lg) gap-2 rounded-(--r-md) px-4 text-(length:--t-body)',
} as const;

interface ButtonProps extends ButtonHTMLAttributes<HTMLButtonElement> {
  readonly look?: keyof typeof looks;
  readonly size?: keyof typeof sizes;
  /** A lucide icon before the words. */
  readonly icon?: ReactNode;
}

/** A labelled action. `primary` is the one main action of a view. */
export function Button({
  look = 'plain',
  size = 'md',
  icon,
  className = '',
  children,
  type = 'button',
  ...rest
}: ButtonProps) {
  return (
    <button
      {...rest}
      type={type}
      className={`inline-flex flex-none items-center justify-center whitespace-nowrap border font-medium transition-colors duration-(--m-fast) disabled:pointer-events-none disabled:opacity-50 ${looks[look]} ${sizes[size]} ${className}`}
    >
      {icon}
      {children}
    </button>
  );
}

interface IconButtonProps extends ButtonHTMLAttributes<HTMLButtonElement> {
  /** Said by screen readers and shown as a hint. */
  readonly label: string;
  readonly size?: 'sm' | 'md';
}

/** An action that is only a picture, with its name as hint. */
export function IconButton({
  label,
  size = 'md',
  className = '',
  type = 'button',
  ...rest
}: IconButtonProps) {
  return (
    <button
      {...rest}
      type={type}
      aria-label={label}
      title={rest.title ?? label}
      className={`grid flex-none place-items-center rounded-(--r-md) text-(--text-2) transition-colors duration-(--m-fast) hover:bg-(--hover) hover:text-(--text) disabled:pointer-events-none disabled:text-(--text-off) ${size === 'sm' ? 'size-6' : 'size-(--h-md)'} ${className}`}
    />
  );
}
