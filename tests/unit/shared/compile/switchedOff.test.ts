import { describe, expect, it } from 'vitest';
import { analyze } from '#shared/compile/analyze.ts';
import { createPlan } from '#shared/compile/createPlan.ts';
import { withoutSwitchedOff } from '#shared/compile/switchedOff.ts';
import { switchNodes } from '#shared/graph/commands.ts';
import { type BlockDefinition, edgeId } from '#shared/graph/document.ts';
import { formatType } from '#shared/types/portType.ts';
import { edited, template } from '../networks.ts';

const cnn = template('cnn-mnist');

describe('a bypassed node', () => {
  const graph = edited(cnn, switchNodes(['max-pool2d-2', 'dropout-1'], 'bypassed'));

  it('hands on what comes in, and the shapes behind it follow', () => {
    const { problems, edges, nodes, totals } = analyze(graph);
    expect(problems).toEqual([]);
    const types = Object.fromEntries([...edges].map(([id, type]) => [id, formatType(type)]));
    expect(types['conv2d-2.y>max-pool2d-2.x']).toBe('B×14×14×64');
    expect(types['max-pool2d-2.y>flatten.x']).toBe('B×14×14×64');
    expect(types['flatten.y>dense-1.x']).toBe('B×12544');
    expect(nodes.has('max-pool2d-2')).toBe(false);
    expect(totals.parameters).toBeGreaterThan(analyze(cnn).totals.parameters);
  });

  it('is not part of the plan; those behind it are fed by those before it', () => {
    const plan = createPlan(graph);
    if (!plan.ok) throw new Error('no plan');
    expect(plan.value.nodes.map(({ path }) => path)).not.toContain('dropout-1');
    const logits = plan.value.nodes.find(({ path }) => path === 'logits');
    expect(logits?.inputs.x).toEqual([{ path: 'dense-1', port: 'y' }]);
  });

  it('comes back as it was', () => {
    expect(edited(graph, switchNodes(['max-pool2d-2', 'dropout-1'], null))).toEqual(cnn);
  });
});

describe('a muted node', () => {
  it('hands on nothing: what needs it says so', () => {
    const { problems } = analyze(edited(cnn, switchNodes(['flatten'], 'muted')));
    expect(problems.map(({ code, nodeId }) => [code, nodeId])).toContainEqual(['missing-input', 'dense-1']);
  });

  it('is missed by nobody where nothing depends on it', () => {
    const plan = createPlan(edited(cnn, switchNodes(['accuracy'], 'muted')));
    expect(plan.ok && plan.value.metrics).toEqual([]);
  });
});

it('a bypassed loss hands on nothing, since nothing that comes in is a loss', () => {
  const running = withoutSwitchedOff(edited(cnn, switchNodes(['loss'], 'bypassed')));
  expect(running.edges.some(({ to }) => to.node === 'adam')).toBe(false);
});

it('nodes inside a block are passed by between its ports', () => {
  const at = { x: 0, y: 0 };
  const block: BlockDefinition = {
    id: 'head',
    nodes: [
      { id: 'drop', kind: 'dropout', params: {}, position: at, off: 'bypassed' },
      { id: 'dense', kind: 'dense', params: {}, position: at },
      { id: 'last', kind: 'dropout', params: {}, position: at, off: 'bypassed' },
    ],
    edges: [
      { from: { node: 'drop', port: 'y' }, to: { node: 'dense', port: 'x' } },
      { from: { node: 'dense', port: 'y' }, to: { node: 'last', port: 'x' } },
    ],
    inputs: [{ id: 'x', to: [{ node: 'drop', port: 'x' }] }],
    outputs: [{ id: 'y', from: { node: 'last', port: 'y' } }],
  };
  const [running] = withoutSwitchedOff({ ...cnn, blocks: [block] }).blocks ?? [];
  expect(running?.nodes.map(({ id }) => id)).toEqual(['dense']);
  expect(running?.edges.map(edgeId)).toEqual([]);
  expect(running?.inputs[0]?.to).toEqual([{ node: 'dense', port: 'x' }]);
  expect(running?.outputs[0]?.from).toEqual({ node: 'dense', port: 'y' });
});
