/** In-place Fourier transform of a length that is a power of two (Cooley and Tukey 1965). */
function transform(/** @type {Float64Array} */ real, /** @type {Float64Array} */ imaginary) {
  const size = real.length;
  for (let at = 1, reversed = 0; at < size; at += 1) {
    let bit = size >> 1;
    for (; reversed & bit; bit >>= 1) reversed ^= bit;
    reversed ^= bit;
    if (at < reversed) {
      [real[at], real[reversed]] = [real[reversed] ?? 0, real[at] ?? 0];
      [imaginary[at], imaginary[reversed]] = [imaginary[reversed] ?? 0, imaginary[at] ?? 0];
    }
  }
  for (let span = 2; span <= size; span *= 2) {
    for (let start = 0; start < size; start += span) {
      for (let step = 0; step < span / 2; step += 1) {
        const angle = (-2 * Math.PI * step) / span;
        const [low, high] = [start + step, start + step + span / 2];
        const [cos, sin] = [Math.cos(angle), Math.sin(angle)];
        const re = (real[high] ?? 0) * cos - (imaginary[high] ?? 0) * sin;
        const im = (real[high] ?? 0) * sin + (imaginary[high] ?? 0) * cos;
        real[high] = (real[low] ?? 0) - re;
        imaginary[high] = (imaginary[low] ?? 0) - im;
        real[low] = (real[low] ?? 0) + re;
        imaginary[low] = (imaginary[low] ?? 0) + im;
      }
    }
  }
}

const toMel = (/** @type {number} */ hertz) => 2595 * Math.log10(1 + hertz / 700);
const toHertz = (/** @type {number} */ mel) => 700 * (10 ** (mel / 2595) - 1);

/**
 * Logarithm (base 10) of the energy in bands that are evenly spaced on the mel scale, window by window.
 * @param {Float64Array} samples
 * @param {{ rate: number, frames: number, bands: number, hop: number, size: number, low: number, high: number }} shape
 * @returns {Float64Array} `[frames, bands]`
 */
export function logMel(samples, { rate, frames, bands, hop, size, low, high }) {
  const corners = Array.from({ length: bands + 2 }, (_, at) =>
    toHertz(toMel(low) + ((toMel(high) - toMel(low)) * at) / (bands + 1)),
  );
  const energies = new Float64Array(frames * bands);
  for (let frame = 0; frame < frames; frame += 1) {
    const real = new Float64Array(size);
    const imaginary = new Float64Array(size);
    for (let at = 0; at < size; at += 1) {
      const hann = 0.5 - 0.5 * Math.cos((2 * Math.PI * at) / size);
      real[at] = hann * (samples[frame * hop + at] ?? 0);
    }
    transform(real, imaginary);
    for (let band = 0; band < bands; band += 1) {
      const [from = 0, peak = 0, to = 0] = corners.slice(band, band + 3);
      let energy = 0;
      for (let bin = Math.ceil((from * size) / rate); bin <= (to * size) / rate; bin += 1) {
        const hertz = (bin * rate) / size;
        const share = hertz <= peak ? (hertz - from) / (peak - from) : (to - hertz) / (to - peak);
        energy += share * ((real[bin] ?? 0) ** 2 + (imaginary[bin] ?? 0) ** 2);
      }
      energies[frame * bands + band] = Math.log10(energy + 1e-10);
    }
  }
  return energies;
}
