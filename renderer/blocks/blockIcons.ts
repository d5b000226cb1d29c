/** Icons that a block may have: those that `Glyph` knows and that say something of a part of a network. */
export const blockIcons = [
  'box',
  'layers',
  'grid-3x3',
  'focus',
  'repeat',
  'git-branch',
  'waypoints',
  'split',
  'combine',
  'shrink',
  'expand',
  'spline',
  'brush',
  'scan-eye',
] as const;
