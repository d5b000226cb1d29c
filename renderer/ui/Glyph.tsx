import {
  Activity,
  AlignCenterHorizontal,
  CircleHelp,
  Combine,
  Database,
  Gauge,
  Grid3x3,
  type LucideIcon,
  Minimize2,
  Mountain,
  Plus,
  Rocket,
  Rows3,
  Share2,
  Shrink,
  Shuffle,
  TrendingDown,
} from 'lucide-react';
import type { CSSProperties } from 'react';
import type { NodeCategory } from '#shared/nodes/defineNode.ts';
import { categoryColor } from './categories.ts';

/** The icons that node types name, by lucide's names; named one by one so that only these are bundled. */
const icons: Readonly<Record<string, LucideIcon>> = {
  activity: Activity,
  'align-center-horizontal': AlignCenterHorizontal,
  combine: Combine,
  database: Database,
  gauge: Gauge,
  'grid-3x3': Grid3x3,
  'minimize-2': Minimize2,
  mountain: Mountain,
  plus: Plus,
  rocket: Rocket,
  'rows-3': Rows3,
  'share-2': Share2,
  shrink: Shrink,
  shuffle: Shuffle,
  'trending-down': TrendingDown,
};

/** False for a name that has no icon here: a test holds the registry to this list. */
export const hasIcon = (name: string): boolean => name in icons;

/** Icon of a node type on its category's colour. */
export function Glyph({ icon, size = 12 }: { readonly icon: string | undefined; readonly size?: number }) {
  const Icon = (icon !== undefined && icons[icon]) || CircleHelp;
  return (
    <span className="glyph">
      <Icon size={size} aria-hidden="true" />
    </span>
  );
}

/** Sets `--c`, the colour that glyphs, headers and bars of a category use. */
export function categoryStyle(category: NodeCategory | undefined): CSSProperties {
  return { '--c': category ? categoryColor[category] : 'var(--c-shape)' } as CSSProperties;
}
