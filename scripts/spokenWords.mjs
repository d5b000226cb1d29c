import { execFile } from 'node:child_process';
import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { gzipSync } from 'node:zlib';
import { logMel } from './spokenWords/logMel.mjs';

/**
 * Makes data/spoken-words.bin.gz: ten words spoken by the synthesiser espeak-ng (Debian's package of that
 * name) in many voices, at many speeds and pitches, under noise, as logarithmic mel spectrograms. The
 * voices of the three splits are different ones. Run by hand; the file is part of the project.
 */
const run = promisify(execFile);
const words = ['yes', 'no', 'up', 'down', 'left', 'right', 'on', 'off', 'stop', 'go'];
const accents = ['en-us', 'en-gb', 'en-gb-x-rp', 'en-gb-x-gbclan', 'en-029'];
const listed = (/** @type {string} */ names) => names.trim().split(/\s+/);
const voices = {
  train: listed(`
    m1 m2 m3 m4 m5 m6 f1 f2 f3 klatt klatt2 klatt4 Alex Andy Annie Denis Diogo Gene Jacky Lee Mario
    Michael belinda steph adam anika antonio aunty benjamin boris caleb david ed gustave john max klatt5
    michel miguel norbert pablo paul quincy rob robert sandro iven shelby steph2 travis victor
  `),
  validation: listed('m7 f4 Hugo linda'),
  test: listed('m8 f5 klatt3 Alicia Andrea Marco Mike edward'),
};
const takes = { train: 5, validation: 6, test: 8 };

const RATE = 22_050;
const shape = { rate: RATE, frames: 40, bands: 24, hop: 551, size: 1024, low: 100, high: 7000 };
const LENGTH = shape.hop * (shape.frames - 1) + shape.size;
/** Decades of energy that the steps of a stored number span, below the loudest of the recording. */
const DECADES = 6;
const STEPS = 63;

/** Mulberry32: the same numbers on every machine. */
let state = 20_240_501;
function uniform() {
  state = (state + 0x6d2b79f5) >>> 0;
  let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
  mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
  return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
}
const between = (/** @type {number} */ low, /** @type {number} */ high) => low + (high - low) * uniform();
const normal = () => Math.sqrt(-2 * Math.log(1 - uniform())) * Math.cos(2 * Math.PI * uniform());

/** The samples of a WAV file of 16-bit numbers. @param {Buffer} wav */
function samplesOf(wav) {
  if (wav.readUInt32LE(24) !== RATE || wav.readUInt16LE(34) !== 16) throw new Error('another kind of WAV');
  const data = wav.subarray(44);
  return Float64Array.from({ length: data.length >> 1 }, (_, at) => data.readInt16LE(2 * at) / 32_768);
}

/** The part of a recording that is not silence. @param {Float64Array} samples */
function trimmed(samples) {
  const loud = (/** @type {number} */ value) => Math.abs(value) > 0.01;
  const first = samples.findIndex(loud);
  return samples.subarray(first, samples.findLastIndex(loud) + 1);
}

/**
 * One word in one voice, somewhere in a second of noise.
 * @param {string} word @param {string} voice
 */
async function record(word, voice) {
  const accent = accents[Math.floor(between(0, accents.length))] ?? 'en-us';
  const options = ['-v', `${accent}+${voice}`, '-s', String(Math.round(between(90, 180)))];
  const { stdout } = await run(
    'espeak-ng',
    [...options, '-p', String(Math.round(between(15, 85))), '--stdout', word],
    { encoding: 'buffer', maxBuffer: 1 << 24 },
  );
  const speech = trimmed(samplesOf(stdout)).subarray(0, LENGTH);
  const power = speech.reduce((sum, value) => sum + value * value, 0) / speech.length;
  const level = Math.sqrt(power / 10 ** (between(12, 35) / 10));
  // From white noise to one that is strong in low tones, as rooms are.
  const colour = between(0, 0.95);
  const samples = new Float64Array(LENGTH);
  let noise = 0;
  for (let at = 0; at < LENGTH; at += 1) {
    noise = colour * noise + Math.sqrt(1 - colour * colour) * normal();
    samples[at] = level * noise;
  }
  const start = Math.floor(between(0, LENGTH - speech.length + 1));
  for (const [at, value] of speech.entries()) samples[start + at] = (samples[start + at] ?? 0) + value;
  const energies = logMel(samples, shape);
  const loudest = energies.reduce((most, value) => Math.max(most, value), -Infinity);
  return Uint8Array.from(energies, (energy) =>
    Math.round(Math.min(1, Math.max(0, 1 + (energy - loudest) / DECADES)) * STEPS),
  );
}

const parts = [];
const labels = [];
/** @type {Record<string, number>} */
const splits = {};
for (const split of /** @type {const} */ (['train', 'validation', 'test'])) {
  let count = 0;
  for (const voice of voices[split]) {
    for (const [label, word] of words.entries()) {
      for (let take = 0; take < takes[split]; take += 1, count += 1) {
        parts.push(await record(word, voice));
        labels.push(label);
      }
    }
    console.log(`${split}: ${voice}`);
  }
  splits[split] = count;
}
const { frames, bands } = shape;
const header = Buffer.from(`${JSON.stringify({ words, frames, bands, steps: STEPS, splits })}\n`);
const file = join(dirname(dirname(fileURLToPath(import.meta.url))), 'data', 'spoken-words.bin.gz');
await mkdir(dirname(file), { recursive: true });
const bytes = gzipSync(Buffer.concat([header, Uint8Array.from(labels), ...parts]), { level: 9 });
await writeFile(file, bytes);
console.log(`${file}: ${labels.length} recordings, ${bytes.length} bytes`);
