import type { GraphDocument } from './document.ts';

/** Keys in the order in which a person reads them; the others follow by name. */
const TOP = [
  'format',
  'version',
  'name',
  'description',
  'training',
  'variables',
  'nodes',
  'edges',
  'blocks',
  'frames',
  'notes',
];
const VARIABLE = ['name', 'value', 'description'];
const BLOCK = [
  'id',
  'title',
  'description',
  'icon',
  'category',
  'inputs',
  'outputs',
  'params',
  'nodes',
  'edges',
];
const BLOCK_PORT = ['id', 'title', 'from', 'to'];
const BLOCK_PARAM = ['id', 'title', 'node', 'param'];
const NOTE = ['id', 'text', 'color', 'position', 'size'];
const FRAME = ['id', 'title', 'color', 'position', 'size'];
const NODE = ['id', 'kind', 'title', 'params', 'position'];
const EDGE = ['from', 'to', 'via'];
const TRAINING = ['epochs', 'batchSize', 'seed', 'earlyStopping'];
const EARLY_STOPPING = ['enabled', 'monitor', 'patience', 'minDelta'];
const ENDPOINT = ['node', 'port', 'order'];
const POINT = ['x', 'y'];

/** Lines up to this long stay whole, so that a small node or a wire is one line of a diff. */
const LINE_WIDTH = 110;

/** Which keys come first in the object at a place of the document. */
function leadingKeys(path: readonly string[]): readonly string[] {
  const whole = path.join('/');
  // Inside a block a node or a wire looks as it does outside.
  const place = whole.replace(/^blocks\/\*\//, '');
  if (whole === '') return TOP;
  if (whole === 'blocks/*') return BLOCK;
  if (place === 'inputs/*' || place === 'outputs/*') return BLOCK_PORT;
  if (whole === 'blocks/*/params/*') return BLOCK_PARAM;
  if (place === 'inputs/*/to/*' || place === 'outputs/*/from') return ENDPOINT;
  if (place === 'training') return TRAINING;
  if (place === 'training/earlyStopping') return EARLY_STOPPING;
  if (whole === 'variables/*') return VARIABLE;
  if (place === 'frames/*') return FRAME;
  if (place === 'notes/*') return NOTE;
  if (place === 'frames/*/position' || place === 'notes/*/position') return POINT;
  if (place === 'nodes/*') return NODE;
  if (place === 'nodes/*/position' || place === 'inputsAt' || place === 'outputsAt') return POINT;
  if (place === 'edges/*') return EDGE;
  if (place === 'edges/*/via/*') return POINT;
  if (place === 'edges/*/from' || place === 'edges/*/to') return ENDPOINT;
  return [];
}

function orderedEntries(value: object, path: readonly string[]): [string, unknown][] {
  const leading = leadingKeys(path);
  const rank = (key: string): number => {
    const index = leading.indexOf(key);
    return index < 0 ? leading.length : index;
  };
  return Object.entries(value)
    .filter(([, item]) => item !== undefined)
    .sort(([a], [b]) => rank(a) - rank(b) || (a < b ? -1 : 1));
}

interface Printed {
  readonly flat: string;
  readonly lines: readonly string[];
}

/** The text on one line, and broken up where that is too long. */
function print(value: unknown, path: readonly string[], depth: number): Printed {
  if (value === null || typeof value !== 'object') {
    const flat = JSON.stringify(value);
    return { flat, lines: [flat] };
  }
  const isList = Array.isArray(value);
  const items = isList
    ? value.map((item) => ({ key: '', printed: print(item, [...path, '*'], depth + 1) }))
    : orderedEntries(value, path).map(([key, item]) => ({
        key: `${JSON.stringify(key)}: `,
        printed: print(item, [...path, key], depth + 1),
      }));
  const [open, close] = isList ? ['[', ']'] : ['{', '}'];
  if (items.length === 0) return { flat: open + close, lines: [open + close] };
  const body = items.map(({ key, printed }) => key + printed.flat).join(', ');
  const flat = isList ? `[${body}]` : `{ ${body} }`;
  const wide = 2 * depth + flat.length > LINE_WIDTH;
  // The lists of nodes and edges are always broken up: one entry, one line of a diff.
  if (!wide && depth > 1) return { flat, lines: [flat] };
  const lines = items.flatMap(({ key, printed }, index) => {
    const end = index < items.length - 1 ? ',' : '';
    return printed.lines.map((line, row) => {
      const last = row === printed.lines.length - 1 ? end : '';
      return `  ${row === 0 ? key : ''}${line}${last}`;
    });
  });
  return { flat, lines: [open, ...lines, close] };
}

/**
 * The text of a saved document: the same document always gives the same text, keys in a fixed order,
 * one node or wire per line where it fits, a newline at the end. Keys this version does not know are
 * written back.
 */
export function serializeDocument(document: GraphDocument): string {
  return `${print(document, [], 0).lines.join('\n')}\n`;
}
