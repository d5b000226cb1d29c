import { z } from 'zod';
import { defineLayer, type NodeDefinition } from '#shared/nodes/defineNode.ts';
import { PARAMETER_KIND } from './examplePlan.ts';

/** Gives one weight as a tensor, so that inputs of a node have gradients; no document knows it. */
const parameter = defineLayer({
  kind: PARAMETER_KIND,
  category: 'dense',
  icon: '',
  text: { title: '', description: '', params: {}, ports: {}, aliases: [] },
  params: z.object({}),
  ports: { inputs: [], outputs: [{ id: 'value', type: 'tensor' }] },
  infer: () => ({ outputs: {} }),
  forward: ({ weights }) => {
    if (!weights.value) throw new Error('the parameter has no value');
    return { value: weights.value };
  },
  summary: () => [],
  examples: [],
});

type Registry = typeof import('#shared/nodes/registry.ts');

/** The registry of nodes, which finds the parameter too: what `vi.mock` puts in its place. */
export const withParameter = (registry: Registry): Registry => ({
  ...registry,
  findNodeDefinition: (kind) =>
    kind === PARAMETER_KIND ? (parameter as NodeDefinition) : registry.findNodeDefinition(kind),
});
