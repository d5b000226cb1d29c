import { describe, expect, it } from 'vitest';
import { readyBlocks } from '#shared/blocks/index.ts';
import { analyze } from '#shared/compile/analyze.ts';
import { applyFix } from '#shared/graph/commands.ts';
import type { GraphDocument } from '#shared/graph/document.ts';
import { edited, network, withCode } from '../networks.ts';

const errorsOf = (document: GraphDocument) =>
  analyze(document).problems.filter(({ severity, nodeId }) => severity === 'error' && nodeId !== undefined);

/** Blocks of one input, behind images of 20 channels or sequences of 48 features. */
const behind = readyBlocks.flatMap(({ id, definitions, example }) => {
  const [input, ...more] = Object.entries(example.inputs);
  const rank = input?.[1].length;
  if (!input || more.length > 0 || (rank !== 3 && rank !== 2)) return [];
  const port = input[0];
  const before =
    rank === 3
      ? network({ mnist: undefined, 'wide:conv2d': { filters: 20 } }, ['mnist.image > wide.x'])
      : network({ 'moby-dick': undefined, 'wide:embedding': { units: 48 } }, ['moby-dick.text > wide.x']);
  const document: GraphDocument = {
    ...before,
    nodes: [
      ...before.nodes,
      {
        id: 'block',
        kind: 'block',
        params: { block: definitions.at(-1)?.id ?? '' },
        position: { x: 400, y: 0 },
      },
    ],
    edges: [...before.edges, { from: { node: 'wide', port: 'y' }, to: { node: 'block', port } }],
    blocks: [...definitions],
  };
  return [[id, document] as const];
});

describe('a ready-made block behind another width', () => {
  it('is tried for those that add or weigh', () => {
    const ids = behind.map(([id]) => id);
    expect(ids).toEqual(
      expect.arrayContaining(['residual', 'bottleneck', 'squeeze-excite', 'transformer-encoder']),
    );
  });

  it.each(behind)('%s fits as it is, or by the fixes that are offered on it', (_, document) => {
    let mended = document;
    for (let round = 0; round < 3; round += 1) {
      const [problem] = errorsOf(mended);
      if (!problem) break;
      expect(problem).toMatchObject({ nodeId: 'block', fix: { kind: 'set-param', nodeId: 'block' } });
      if (problem.fix) mended = edited(mended, applyFix(problem.fix));
    }
    expect(errorsOf(mended)).toEqual([]);
  });
});

describe('two widths that are added', () => {
  const nodes = {
    mnist: undefined,
    'flat:flatten': undefined,
    'a:dense': { units: 7 },
    'b:dense': { units: 9 },
  };
  const wires = ['mnist.image > flat.x', 'flat.y > a.x', 'a.y > sum.values'];

  it('are made alike where one does not follow from the other', () => {
    // What b gives follows from a; what it has of its own does not.
    const chain = network({ ...nodes, 'sum:add': undefined }, [...wires, 'a.y > b.x', 'b.y > sum.values']);
    expect(withCode(analyze(chain).problems, 'shapes-differ').fix).toEqual({
      kind: 'set-param',
      nodeId: 'b',
      param: 'units',
      value: 7,
    });
  });

  it('are left where nothing upstream decides one alone', () => {
    const same = network({ ...nodes, 'join:concatenate': undefined, 'sum:add': undefined }, [
      ...wires,
      'a.y > join.values',
      'flat.y > join.values',
      'join.y > sum.values',
    ]);
    expect(withCode(analyze(same).problems, 'shapes-differ').fix).toMatchObject({ kind: 'remove-edge' });
  });
});
