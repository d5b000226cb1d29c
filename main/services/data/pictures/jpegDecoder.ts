/// <reference path="../../../wasm.d.ts" />

import wasm from '@jsquash/jpeg/codec/dec/mozjpeg_dec.wasm';
import decode, { init } from '@jsquash/jpeg/decode.js';

/**
 * Pixels beyond which the decoder is made anew afterwards: its memory grows with the largest picture and
 * does not become smaller.
 */
const LARGE_PIXELS = 8_000_000;

/** The part of WebAssembly that is used; its types come with those of browsers. */
interface Wasm {
  compile(bytes: Uint8Array): Promise<object>;
  readonly Instance: new (module: object, imports: object) => { readonly exports: object };
}
const { WebAssembly } = globalThis as unknown as { readonly WebAssembly: Wasm };

let compiled: Promise<object> | null = null;
let isReady = false;

/** A decoder whose memory is its own: what a picture does to it ends with it. */
async function ready(): Promise<void> {
  if (isReady) return;
  compiled ??= WebAssembly.compile(wasm);
  const module = await compiled;
  const options = {
    instantiateWasm(imports: object, use: (instance: object) => void): object {
      const instance = new WebAssembly.Instance(module, imports);
      use(instance);
      return instance.exports;
    },
    // The library's warnings on pictures that are slightly wrong.
    print: () => undefined,
    printErr: () => undefined,
  };
  await init(options as Parameters<typeof init>[0]);
  isReady = true;
}

/** Bytes red, green, blue, opaque, of a JPEG as it is stored (MozJPEG in WebAssembly). Throws where it is damaged. */
export async function decodeJpeg(bytes: Uint8Array): Promise<Uint8ClampedArray> {
  await ready();
  try {
    const picture = await decode(Uint8Array.from(bytes).buffer, { preserveOrientation: false });
    isReady = picture.width * picture.height < LARGE_PIXELS;
    return picture.data;
  } catch (error) {
    isReady = false;
    throw error;
  }
}
