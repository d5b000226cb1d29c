const engine =
  '{engine, select, cuda {TensorFlow on an NVIDIA card} native {TensorFlow on the processor} webgpu {WebGPU} other {{engine}}}';

/** Why a better engine is not in use (ICU messages): which one, then why, then what to do. */
export const runtimeNoteTexts = {
  'webgpu-not-built': 'WebGPU: this version of Neuroloom does not compute with WebGPU yet.',
  'pack-missing': `${engine}: its runtime pack is not installed.{engine, select, native { Run “npm run setup” in the project folder to build it.} other {}}`,
  'pack-trial-failed': `${engine}: its trial {how, select, unstarted {could not be started} signal {was ended by {what}} other {ended with code {what}}}{detail, select, none {} other {: {detail}}}. Run “npm run setup” again, or look into {path}.`,
} as const;
