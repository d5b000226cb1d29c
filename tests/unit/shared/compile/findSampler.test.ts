import { describe, expect, it } from 'vitest';
import { createPlan } from '#shared/compile/createPlan.ts';
import { findSampler } from '#shared/compile/findSampler.ts';
import { templates } from '#shared/templates/index.ts';

function samplerOf(id: string) {
  const template = templates.find((candidate) => candidate.id === id);
  const plan = template && createPlan(template.document);
  if (!plan?.ok) throw new Error(`no plan of ${id}`);
  return findSampler(plan.value);
}

describe('what a network can make', () => {
  it.each(['gpt-text', 'lstm-text'])('%s: text of the book’s characters', (id) => {
    expect(samplerOf(id)).toMatchObject({
      kind: 'text',
      text: { path: 'novel', port: 'text' },
      lossPath: 'loss',
    });
  });

  it('a GAN: images of its generator, of any class where none can be asked for', () => {
    expect(samplerOf('dcgan-mnist')).toMatchObject({
      kind: 'latent',
      image: { path: 'generator/pixels', port: 'y' },
      latents: [{ port: { path: 'noise', port: 'y' }, shape: [8], form: 'normal' }],
      imageShape: [28, 28, 1],
      wanted: null,
    });
    expect(samplerOf('cgan-mnist')).toMatchObject({
      image: { path: 'generator/pixels' },
      wanted: { port: { path: 'mnist', port: 'label' } },
    });
  });

  it('a variational auto-encoder: what its decoder makes of random latents', () => {
    expect(samplerOf('vae-mnist')).toMatchObject({
      kind: 'latent',
      image: { path: 'pixels', port: 'y' },
      activation: 'sigmoid',
      latents: [{ port: { path: 'sample', port: 'y' }, shape: [20] }],
      imageShape: [28, 28, 1],
    });
  });

  it('diffusion: noise and time stand in for those of training', () => {
    expect(samplerOf('diffusion-mnist')).toMatchObject({
      kind: 'diffusion',
      noisy: { path: 'diffusion', port: 'noisy' },
      time: { path: 'diffusion', port: 't' },
      guess: { path: 'guess', port: 'y' },
      wanted: null,
    });
  });

  it('style transfer: the picture that it learns, with what is the same in every batch', () => {
    expect(samplerOf('style-transfer')).toEqual({
      kind: 'picture',
      image: { path: 'picture', port: 'y' },
      imageShape: [128, 128, 3],
      wanted: null,
    });
  });

  it.each(['cnn-mnist', 'denoising-mnist', 'vqvae-mnist', 'dates-lstm', 'names-gru', 'iris'])(
    '%s only answers',
    (id) => {
      expect(samplerOf(id)).toBeNull();
    },
  );
});
