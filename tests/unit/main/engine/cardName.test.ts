import { expect, it } from 'vitest';
import { cardName } from '#main/engine/runtimes/webgpu/cardName.ts';

it.each([
  ['nvidia-h100-80gb-hbm3', 'NVIDIA H100 80GB HBM3'],
  ['nvidia-geforce-rtx-3060-ti', 'NVIDIA GeForce RTX 3060 Ti'],
  ['amd-radeon-rx-7900-xtx', 'AMD Radeon RX 7900 XTX'],
  ['apple-m3-pro', 'Apple M3 Pro'],
  ['swiftshader-device-subzero-', 'SwiftShader Device Subzero'],
])('%s is %s', (device, name) => {
  const adapter = { vendor: 'a', architecture: 'b', device, description: 'NVIDIA: 580.159.04 580.159.4.0' };
  expect(cardName(adapter)).toBe(name);
});

it('a card without a name is called by its description, else by maker and architecture', () => {
  const nameless = { vendor: 'nvidia', architecture: 'turing', device: '' };
  expect(cardName({ ...nameless, description: 'NVIDIA TITAN' })).toBe('NVIDIA TITAN');
  expect(cardName({ ...nameless, description: '' })).toBe('NVIDIA Turing');
  expect(cardName({ vendor: '', architecture: '', device: '', description: '' })).toBe('GPU');
});
