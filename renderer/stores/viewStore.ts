import { z } from 'zod';
import { create } from 'zustand';
import { languages } from '#shared/i18n/language.ts';
import { readStored, writeStored } from './storedValue.ts';

const viewSchema = z.object({
  theme: z.enum(['dark', 'light', 'system']).default('system'),
  libraryOpen: z.boolean().default(true),
  inspectorOpen: z.boolean().default(true),
  dockOpen: z.boolean().default(true),
  dockHeight: z.number().min(120).max(900).default(280),
  /** The dock's tab; its panel decides which names there are. */
  dockTab: z.string().default('training'),
  wireLabels: z.boolean().default(true),
  minimap: z.boolean().default(true),
  /** What the cards are coloured by, in place of their kind. */
  heat: z.enum(['none', 'parameters', 'flops', 'activations', 'time']).default('none'),
  /** Cards in hand line up with those around. */
  snap: z.boolean().default(true),
  density: z.enum(['comfortable', 'compact']).default('comfortable'),
  language: z.enum(['system', ...languages]).default('system'),
  /** The tour was taken or declined: it is not offered again. */
  tourSeen: z.boolean().default(false),
  /** What the left panel shows. */
  libraryTab: z.enum(['nodes', 'outline']).default('nodes'),
  /** Kinds of nodes kept at hand, in the order they were marked. */
  favouriteKinds: z.array(z.string()).default([]),
  /** Kinds of nodes added lately, newest first. */
  recentKinds: z.array(z.string()).default([]),
  /** Library groups folded away; at first what is made of other nodes, so that these come first. */
  foldedCategories: z.array(z.string()).default(['blocks-ready']),
});
type View = z.infer<typeof viewSchema>;

const KEY = 'neuroloom.view';
const storage = () => localStorage;

/** How the window looks: remembered from one start to the next. */
export const useViewStore = create<View>(() =>
  readStored(storage, KEY, viewSchema as z.ZodType<View>, viewSchema.parse({})),
);

export function setView(patch: Partial<View>): void {
  useViewStore.setState(patch);
  writeStored(storage, KEY, useViewStore.getState());
}

/** Puts theme and density onto the page and follows the system where that is asked for. */
export function attachTheme(): () => void {
  const system = matchMedia('(prefers-color-scheme: light)');
  const apply = (): void => {
    const { theme, density } = useViewStore.getState();
    const resolved = theme === 'system' ? (system.matches ? 'light' : 'dark') : theme;
    document.documentElement.dataset.theme = resolved;
    document.documentElement.dataset.density = density;
  };
  apply();
  system.addEventListener('change', apply);
  const off = useViewStore.subscribe(apply);
  return () => {
    system.removeEventListener('change', apply);
    off();
  };
}
