import type { BlockDefinition } from '../graph/document.ts';
import { buildBlock, type TemplateBlock } from '../templates/buildDocument.ts';

/** A block that comes with the app, made of ordinary nodes: opening it shows how it works. */
export interface ReadyBlock {
  readonly id: string;
  /** The innermost first; the last is the block itself. */
  readonly definitions: readonly BlockDefinition[];
  /** Where it was published. */
  readonly reference: string;
  /** Words people may search for. */
  readonly aliases: readonly string[];
  /** What it is to give for stated inputs, without the batch; float32. */
  readonly example: {
    readonly inputs: Readonly<Record<string, readonly number[]>>;
    readonly outputs: Readonly<Record<string, readonly number[]>>;
    /** Worked out by hand. */
    readonly parameterCount: number;
  };
}

interface Description extends Omit<ReadyBlock, 'id' | 'definitions'> {
  readonly block: TemplateBlock;
  readonly inner?: readonly TemplateBlock[];
}

export function readyBlock({ block, inner = [], ...rest }: Description): ReadyBlock {
  return { ...rest, id: block.id, definitions: [...inner, block].map(buildBlock) };
}
