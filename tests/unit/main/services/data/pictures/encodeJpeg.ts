import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import encode, { init } from '@jsquash/jpeg/encode.js';

const wasm = createRequire(import.meta.url).resolve('@jsquash/jpeg/codec/enc/mozjpeg_enc.wasm');

interface Rgba {
  readonly width: number;
  readonly height: number;
  readonly data: Uint8Array;
}

let ready: Promise<void> | null = null;

async function prepare(): Promise<void> {
  const module = await WebAssembly.compile(await readFile(wasm));
  await init({
    instantiateWasm: (imports: WebAssembly.Imports, use: (instance: WebAssembly.Instance) => void) => {
      const instance = new WebAssembly.Instance(module, imports);
      use(instance);
      return instance.exports;
    },
  });
}

/** A JPEG of pixels red, green, blue, opaque. */
export async function encodeJpeg({ width, height, data }: Rgba, quality: number): Promise<Uint8Array> {
  ready ??= prepare();
  await ready;
  const pixels = { width, height, data: new Uint8ClampedArray(data) };
  return new Uint8Array(
    await encode(pixels as Parameters<typeof encode>[0], { quality, progressive: false }),
  );
}
