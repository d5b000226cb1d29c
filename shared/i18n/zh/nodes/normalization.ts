import type { KindTexts } from './kindTexts.ts';

/** Normalisation in Chinese. */
export const normalizationTexts = {
  'batch-normalization': {
    title: '批归一化',
    description: '在整批上对每个通道去均值并缩放。',
    lesson:
      '使每个通道在整批上均值为 0、方差为 1，再让它选择自己的缩放和偏移。后面的层看到稳定的数，因此训练更快，也能承受更高的学习率。使用时由滑动平均代替批的统计量；很小的批会使它有噪声。',
    aliases: ['批标准化', '归一化', 'BN', '加快训练'],
  },
  'layer-normalization': {
    title: '层归一化',
    description: '对每个向量单独去均值并缩放。',
    lesson:
      '使每个向量在自己的各个数上均值为 0、方差为 1，因此批中还有什么、序列多长、网络是否在训练都无关紧要。Transformer 在每个块之前或之后使用它。',
    aliases: ['层标准化', '归一化', 'LN'],
  },
  'instance-normalization': {
    title: '实例归一化',
    description: '对每个样本的每个通道去均值并缩放。',
    lesson:
      '把每张图像每个通道的对比度单独去掉。对比度在很大程度上就是图像的风格，因此改变风格的网络用它效果更好，而从外部设定缩放和偏移就能设定风格。',
    aliases: ['实例标准化', '归一化'],
  },
  'group-normalization': {
    title: '组归一化',
    description: '对每个样本的通道分组去均值并缩放。',
    lesson:
      '在每个样本内归一化，因此在批归一化噪声过大的一两个样本的批上也有效：用于检测、分割和扩散。一组就是对整个样本的层归一化；组数等于通道数就是实例归一化。',
    aliases: ['组标准化', '归一化'],
  },
  'rms-normalization': {
    title: 'RMS 归一化',
    description: '把每个向量缩放到均方为一。',
    lesson:
      '不减去均值的层归一化：更简单，稍快，在大多数 Transformer 中效果一样好，所以近来的语言模型都用它。',
    aliases: ['均方根归一化', '归一化'],
  },
  'l2-normalization': {
    title: 'L2 归一化',
    description: '把每个向量的长度变为 1。',
    lesson:
      '只保留向量的方向。在球面上，点积就是夹角的余弦，因此相似度不再取决于长度：人脸识别和对比学习比较的就是这样的向量。',
    aliases: ['单位向量', '归一化'],
  },
  'spectral-normalization': {
    title: '谱归一化',
    description: '限制权重能把任何东西拉伸多少。',
    lesson:
      '最大奇异值表示矩阵能把向量拉伸多少。除以它，就把整层的斜率限制在 1 以内，防止判别器把生成器甩开。把它放在可学习参数和使用它的矩阵乘法之间。',
    aliases: ['奇异值', '归一化', '判别器'],
  },
} as const satisfies Readonly<Record<string, KindTexts>>;
