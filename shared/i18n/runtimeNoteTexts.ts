const engine =
  '{engine, select, cuda {TensorFlow on an NVIDIA card} native {TensorFlow on the processor} webgpu {WebGPU} other {{engine}}}';

const failedTrial =
  'its trial {how, select, unstarted {could not be started} signal {was ended by {what}} other {ended with code {what}}}{detail, select, none {} other {: {detail}}}.';

/** Why a better engine is not in use (ICU messages): which one, then why, then what to do. */
export const runtimeNoteTexts = {
  'pack-missing': `${engine}: its runtime pack is not installed. Install it in Engines, by “neuroloom runtimes install {pack}”, or in the project folder by “npm run setup”.`,
  'pack-trial-failed': `${engine}: ${failedTrial} Verify the pack in Engines, or look into {path}.`,
  'pack-outdated': `${engine}: its runtime pack is of another version of Neuroloom, without the operation {operation}. Install it anew in Engines, by “neuroloom runtimes install {pack}”, or in the project folder by “npm run setup”.`,
  'cuda-pack-missing':
    'TensorFlow on an NVIDIA card: this machine has a card ({card}), but its runtime pack is not installed. Install it in Engines, or by “neuroloom runtimes install {pack}”.',
  'cuda-no-card':
    'TensorFlow on an NVIDIA card: no card with a working driver was found. Install NVIDIA’s driver if this machine has one.',
  'webgpu-not-here': 'WebGPU: it does not come for {platform}.',
  'webgpu-no-vulkan':
    'WebGPU: Vulkan’s loader is not installed. Install it with the driver of your graphics card (Debian and Ubuntu: libvulkan1 and mesa-vulkan-drivers).',
  'webgpu-no-adapter':
    'WebGPU: no graphics card that can compute was found. Install the driver of your graphics card.',
  'webgpu-software':
    'WebGPU: the only graphics card is one in software, which is no faster than the processor by itself. Choose WebGPU to use it all the same.',
  'webgpu-trial-failed': `WebGPU: ${failedTrial} Update the driver of your graphics card.`,
} as const;
