/** How words of a card's name are written that are neither capitals with digits nor a capital and small letters. */
const spellings: Readonly<Record<string, string>> = {
  nvidia: 'NVIDIA',
  geforce: 'GeForce',
  swiftshader: 'SwiftShader',
  llvmpipe: 'llvmpipe',
  ti: 'Ti',
  pro: 'Pro',
  max: 'Max',
  arc: 'Arc',
};

/**
 * E.g. `NVIDIA GeForce RTX 3060` for WebGPU's `nvidia-geforce-rtx-3060`: it gives names in small letters, and its
 * description is the driver's. Adapters without a name are called by maker and architecture.
 */
export function cardName({
  vendor,
  architecture,
  device,
  description,
}: Pick<GPUAdapterInfo, 'vendor' | 'architecture' | 'device' | 'description'>): string {
  const words = device.split(/[-\s]+/).filter(Boolean);
  if (words.length > 0) return words.map(spelled).join(' ');
  return description || [vendor, architecture].filter(Boolean).map(spelled).join(' ') || 'GPU';
}

function spelled(word: string): string {
  const known = spellings[word];
  if (known !== undefined) return known;
  // A model (`3060`, `hbm3`) or an abbreviation (`rtx`, `amd`).
  if (/\d/.test(word) || word.length <= 3) return word.toUpperCase();
  return word[0]?.toUpperCase() + word.slice(1);
}
