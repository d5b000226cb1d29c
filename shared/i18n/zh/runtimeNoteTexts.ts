import type { runtimeNoteTexts as english } from '../runtimeNoteTexts.ts';
import type { Translated } from '../translated.ts';

const engine =
  '{engine, select, cuda {NVIDIA 显卡上的 TensorFlow} native {处理器上的 TensorFlow} webgpu {WebGPU} other {{engine}}}';

const failedTrial =
  '试运行{how, select, unstarted {无法启动} signal {被 {what} 结束} other {以代码 {what} 结束}}{detail, select, none {} other {：{detail}}}。';

/** Chinese texts of why a better engine is not in use. */
export const runtimeNoteTexts: Translated<typeof english> = {
  'pack-missing': `${engine}：其运行包没有安装。请在“引擎”中安装，或运行“neuroloom runtimes install {pack}”，或在项目文件夹中运行“npm run setup”。`,
  'pack-trial-failed': `${engine}：${failedTrial}请在“引擎”中校验运行包，或查看 {path}。`,
  'pack-outdated': `${engine}：其运行包属于另一版本的 Neuroloom，缺少运算 {operation}。请在“引擎”中重新安装，或运行“neuroloom runtimes install {pack}”，或在项目文件夹中运行“npm run setup”。`,
  'cuda-pack-missing':
    'NVIDIA 显卡上的 TensorFlow：本机有显卡（{card}），但其运行包没有安装。请在“引擎”中安装，或运行“neuroloom runtimes install {pack}”。',
  'cuda-no-card':
    'NVIDIA 显卡上的 TensorFlow：没有找到驱动程序可用的显卡。如果本机有此类显卡，请安装 NVIDIA 驱动程序。',
  'webgpu-not-here': 'WebGPU：没有适用于 {platform} 的版本。',
  'webgpu-no-vulkan':
    'WebGPU：没有安装 Vulkan 加载器。请随显卡驱动程序一同安装（Debian 和 Ubuntu：libvulkan1 和 mesa-vulkan-drivers）。',
  'webgpu-no-adapter': 'WebGPU：没有找到可用于计算的显卡。请安装显卡驱动程序。',
  'webgpu-software': 'WebGPU：唯一的显卡是软件模拟的，并不比处理器本身快。如果仍要使用，请选择 WebGPU。',
  'webgpu-trial-failed': `WebGPU：${failedTrial}请更新显卡驱动程序。`,
};
