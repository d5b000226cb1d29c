import { readyBlocks } from '#shared/blocks/index.ts';
import { addInstance, addNode, connect, freezeNodes, setParam, switchNodes } from '#shared/graph/commands.ts';
import { type GraphDocument, graphDocumentSchema } from '#shared/graph/document.ts';
import { nodeDefinitions } from '#shared/nodes/registry.ts';

/** As many as can be read when all of them are in sight. */
const COLUMNS = 9;
/** Height of all cards at the zoom at which a row of them fills the page, in pixels. */
export const CARDS_HEIGHT = 330 + Math.ceil(nodeDefinitions.length / COLUMNS) * 140;

/**
 * Every kind of node, unwired; and beside them a row in states of its own: wired well, a wrong shape,
 * a parameter out of range, and a kind that this version does not know; a wire led by points, a note.
 */
export function cardsDocument(): GraphDocument {
  let document = graphDocumentSchema.parse({
    format: 'neuroloom',
    version: 1,
    name: 'Every node',
    nodes: [
      { id: 'unknown', kind: 'flux-capacitor', params: { power: 1.21 }, position: { x: 960, y: 0 } },
      { id: 'wrong-param', kind: 'dense', params: { units: -1 }, position: { x: 720, y: 0 } },
    ],
    edges: [],
  });
  const apply = (command: ReturnType<typeof addNode>): void => {
    const result = command.apply(document);
    if (result.ok) document = result.value;
  };
  apply(addNode({ kind: 'mnist', id: 'source', position: { x: 0, y: 0 } }));
  apply(addNode({ kind: 'conv2d', id: 'fits', position: { x: 240, y: 0 } }));
  apply(addNode({ kind: 'dense', id: 'wrong-shape', position: { x: 480, y: 0 } }));
  apply(connect({ node: 'source', port: 'image' }, { node: 'fits', port: 'x' }));
  const [block] = readyBlocks;
  if (block) apply(addInstance(block.definitions, { x: 1740, y: 0 }, 'block'));
  apply(setParam('block', 'repeat', 3));
  for (const [place, off] of (['bypassed', 'muted'] as const).entries()) {
    apply(addNode({ kind: 'dropout', id: off, position: { x: 1500 + place * 240, y: 130 } }));
    apply(switchNodes([off], off));
  }
  apply(addNode({ kind: 'dense', id: 'frozen', position: { x: 1980, y: 0 } }));
  apply(freezeNodes(['frozen'], true));
  document = {
    ...document,
    // A wire that connecting would refuse: files may hold one.
    edges: [
      ...document.edges,
      { from: { node: 'fits', port: 'y' }, to: { node: 'wrong-shape', port: 'x' } },
      {
        from: { node: 'source', port: 'label' },
        to: { node: 'unknown', port: 'flux' },
        // Led below the cards between.
        via: [
          { x: 420, y: 215 },
          { x: 860, y: 215 },
        ],
      },
    ],
    notes: [
      {
        id: 'note-1',
        text: '# A note\nSays **why**, in Markdown.\n- [x] read\n- [ ] answered with `code`',
        color: 'orange',
        position: { x: 1200, y: 0 },
        size: { width: 260, height: 140 },
      },
    ],
  };
  nodeDefinitions.forEach(({ kind }, index) => {
    apply(
      addNode({
        kind,
        id: `every-${kind}`,
        position: { x: (index % COLUMNS) * 240, y: 260 + Math.floor(index / COLUMNS) * 220 },
      }),
    );
  });
  return document;
}
