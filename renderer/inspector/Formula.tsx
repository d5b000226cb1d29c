import { createElement, type ReactNode } from 'react';
import { type FormulaPart, formulaLines } from './formulaParts.ts';

/** A formula of a lesson, each of its equations on a line of its own. */
export const Formula = ({ text }: { readonly text: string }): ReactNode =>
  createElement(
    'div',
    { className: 'lesson-formula' },
    ...formulaLines(text).map((parts) => createElement('p', null, ...drawn(parts))),
  );

/** Parts have no names to be keys; they never change places. */
const drawn = (parts: readonly FormulaPart[]): readonly ReactNode[] =>
  parts.map((part) =>
    typeof part === 'string' ? part : createElement(part.kind, null, ...drawn(part.parts)),
  );
