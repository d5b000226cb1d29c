import { create } from 'zustand';

export interface Toast {
  readonly id: number;
  readonly tone: 'info' | 'ok' | 'warning' | 'danger';
  readonly text: string;
  readonly action?: { readonly label: string; run(): void };
}

interface ToastState {
  readonly toasts: readonly Toast[];
}

/** Short messages in the corner, oldest first; at most four at a time. */
export const useToastStore = create<ToastState>(() => ({ toasts: [] }));

let nextId = 1;

export function showToast(toast: Omit<Toast, 'id'>): void {
  const id = nextId++;
  useToastStore.setState(({ toasts }) => ({
    toasts: [...toasts.filter(({ text }) => text !== toast.text), { ...toast, id }].slice(-4),
  }));
}

/** Takes back a message that says what is not so any more. */
export function dismissText(text: string): void {
  useToastStore.setState(({ toasts }) => ({ toasts: toasts.filter((toast) => toast.text !== text) }));
}

export function dismissToast(id: number): void {
  useToastStore.setState(({ toasts }) => ({ toasts: toasts.filter((toast) => toast.id !== id) }));
}
