import { describe, expect, it } from 'vitest';
import { applyOverrides } from '#main/cli/graphInput.ts';
import { addVariable, setParam } from '#shared/graph/commands.ts';
import { edited, template } from '../../shared/networks.ts';

const document = edited(
  template('mlp-mnist'),
  addVariable({ name: 'width', value: 8 }),
  addVariable({ name: 'depth', value: 2 }),
  setParam('dense-1', 'units', '=4*width'),
);
const valueAfter = (assignment: string) =>
  applyOverrides(document, { set: [assignment] }).variables?.[0]?.value;

describe('--set', () => {
  it('changes a variable, to a number or an expression', () => {
    expect(valueAfter('width=64')).toBe(64);
    expect(valueAfter('width=16*depth')).toBe('=16*depth');
    expect(valueAfter('width==16*depth')).toBe('=16*depth');
  });

  it('names what is wrong', () => {
    expect(() => valueAfter('height=64')).toThrow('It has: width, depth');
    expect(() => valueAfter('width=')).toThrow('ends too early');
    expect(() => valueAfter('width=2*height')).toThrow('height');
    expect(() => valueAfter('depth=width+depth')).toThrow('depends on itself');
    expect(() => applyOverrides(template('mlp-mnist'), { set: ['width=1'] })).toThrow('It has: none');
  });

  it('still changes parameters of nodes', () => {
    const [changed] = applyOverrides(document, { set: ['dense-1.units=7'] }).nodes.filter(
      ({ id }) => id === 'dense-1',
    );
    expect(changed?.params.units).toBe(7);
  });
});
