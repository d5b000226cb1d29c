import {
  Activity,
  AlignCenterHorizontal,
  Ampersand,
  ArrowDownWideNarrow,
  ArrowLeftRight,
  ArrowRight,
  Asterisk,
  Binary,
  ChartNoAxesColumnIncreasing,
  CircleHelp,
  Combine,
  Database,
  Divide,
  Equal,
  FoldVertical,
  Gauge,
  GitBranch,
  Grid3x3,
  Hash,
  Layers2,
  Link,
  ListFilter,
  ListOrdered,
  type LucideIcon,
  Maximize,
  Minimize,
  Minimize2,
  Minus,
  Mountain,
  OctagonX,
  Plus,
  Repeat,
  Repeat2,
  Rocket,
  Route,
  Rows3,
  RulerDimensionLine,
  Scaling,
  ScanEye,
  ScanSearch,
  Scissors,
  Share2,
  Shrink,
  Shuffle,
  Sigma,
  SlidersHorizontal,
  Split,
  SquareFunction,
  SquareSplitVertical,
  Superscript,
  TrendingDown,
  Trophy,
  Undo2,
  Waypoints,
  X,
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
  ampersand: Ampersand,
  'arrow-down-wide-narrow': ArrowDownWideNarrow,
  'arrow-left-right': ArrowLeftRight,
  'arrow-right': ArrowRight,
  asterisk: Asterisk,
  binary: Binary,
  'chart-no-axes-column-increasing': ChartNoAxesColumnIncreasing,
  divide: Divide,
  equal: Equal,
  'fold-vertical': FoldVertical,
  'git-branch': GitBranch,
  hash: Hash,
  'layers-2': Layers2,
  link: Link,
  'list-filter': ListFilter,
  'list-ordered': ListOrdered,
  maximize: Maximize,
  minimize: Minimize,
  minus: Minus,
  'octagon-x': OctagonX,
  repeat: Repeat,
  'repeat-2': Repeat2,
  route: Route,
  'ruler-dimension-line': RulerDimensionLine,
  scaling: Scaling,
  'scan-eye': ScanEye,
  'scan-search': ScanSearch,
  scissors: Scissors,
  sigma: Sigma,
  'sliders-horizontal': SlidersHorizontal,
  split: Split,
  'square-function': SquareFunction,
  'square-split-vertical': SquareSplitVertical,
  superscript: Superscript,
  trophy: Trophy,
  'undo-2': Undo2,
  waypoints: Waypoints,
  x: X,
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
