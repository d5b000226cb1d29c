/** Built into the bundle as bytes (scripts/build.mjs, vitest.config.ts). */
declare module '@jsquash/jpeg/codec/dec/mozjpeg_dec.wasm' {
  const bytes: Uint8Array<ArrayBuffer>;
  export default bytes;
}
