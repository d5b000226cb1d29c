import { describe, expect, it } from 'vitest';
import { analyze } from '#shared/compile/analyze.ts';
import { applyFixes, setParam } from '#shared/graph/commands.ts';
import { edited, template } from '../networks.ts';

describe('the same fix in several places', () => {
  const cnn = template('cnn-mnist');
  const convolutions = cnn.nodes.filter(({ kind }) => kind === 'conv2d').map(({ id }) => id);
  const broken = edited(cnn, ...convolutions.map((id) => setParam(id, 'filters', -1)));
  const fixes = analyze(broken).problems.flatMap(({ code, fix }) =>
    code === 'param-out-of-range' && fix ? [fix] : [],
  );

  it('mends them all in one step', () => {
    expect(fixes).toHaveLength(convolutions.length);
    const mended = edited(broken, applyFixes(fixes));
    expect(analyze(mended).problems.filter(({ severity }) => severity === 'error')).toEqual([]);
  });

  it('passes over what is not there any more, and refuses where nothing is left', () => {
    const gone = { kind: 'remove-edge', edgeId: 'a.b>c.d' } as const;
    expect(applyFixes([gone, ...fixes]).apply(broken).ok).toBe(true);
    expect(applyFixes([gone]).apply(broken).ok).toBe(false);
  });
});
