import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { analyze } from '#shared/compile/analyze.ts';
import {
  type Command,
  connect,
  moveNodes,
  removeEdges,
  setParam,
  setTitle,
  switchNodes,
} from '#shared/graph/commands.ts';
import { edgeId, type GraphDocument } from '#shared/graph/document.ts';
import { template } from '../networks.ts';

const choice = fc.record({ what: fc.nat(99), node: fc.nat(99), other: fc.nat(99), number: fc.nat(12) });
type Choice = typeof choice extends fc.Arbitrary<infer T> ? T : never;

const pick = <T>(list: readonly T[], at: number): T => list[at % list.length] as T;
const params = ['units', 'filters', 'rate', 'activation', 'kernelSize', 'order'];

/** Mostly edits that leave the wiring alone; numbers that a node refuses among them. */
function commandOf({ nodes, edges }: GraphDocument, { what, node, other, number }: Choice): Command {
  const { id } = pick(nodes, node);
  if (what < 70) return setParam(id, pick(params, other), number - 1);
  if (what < 80) return setTitle(id, number === 0 ? '' : `Title ${number}`);
  if (what < 85) return moveNodes({ [id]: { x: number, y: other } });
  if (what < 88) return switchNodes([id], number > 6 ? 'bypassed' : null);
  if (what < 94 && edges.length > 0) return removeEdges([edgeId(pick(edges, other))]);
  return connect({ node: id, port: 'y' }, { node: pick(nodes, other).id, port: 'x' });
}

describe('inference after an edit', () => {
  it('is that of the same graph read anew, whatever was edited before', () => {
    fc.assert(
      fc.property(
        fc.constantFrom('cnn-mnist', 'names-gru', 'vae-mnist', 'cgan-mnist'),
        fc.array(choice, { minLength: 5, maxLength: 60 }),
        (id, choices) => {
          let document = template(id);
          const seen = [{ document, analysis: analyze(document) }];
          for (const step of choices) {
            const result = commandOf(document, step).apply(document);
            if (!result.ok) continue;
            document = result.value;
            seen.push({ document, analysis: analyze(document) });
          }
          for (const step of seen) expect(step.analysis).toEqual(analyze(structuredClone(step.document)));
        },
      ),
      { numRuns: 15 },
    );
  });
});
