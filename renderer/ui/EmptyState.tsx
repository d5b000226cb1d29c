import type { ReactNode } from 'react';

interface EmptyStateProps {
  readonly icon: ReactNode;
  /** One line: what will appear here. */
  readonly title: string;
  readonly text?: string | undefined;
  /** The action that makes it appear. */
  readonly children?: ReactNode;
}

/** An empty panel that teaches: what will be here, and how to make it appear. */
export function EmptyState({ icon, title, text, children }: EmptyStateProps) {
  return (
    <div className="grid h-full min-h-36 place-items-center p-4">
      <div className="flex max-w-md flex-col items-center gap-2 text-center">
        <span className="grid size-10 place-items-center rounded-lg bg-raised text-text-3">{icon}</span>
        <p className="text-body font-medium text-text">{title}</p>
        {text && <p className="text-small text-text-3">{text}</p>}
        {children && <div className="mt-1 flex gap-2">{children}</div>}
      </div>
    </div>
  );
}
