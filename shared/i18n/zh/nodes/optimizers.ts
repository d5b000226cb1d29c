import type { KindTexts } from './kindTexts.ts';

/** Optimisers in Chinese. */
export const optimizerTexts = {
  adam: {
    title: 'Adam',
    description: '使每个权重的步长适应自己的梯度。',
    lesson:
      '保持每个梯度及其平方的滑动平均，用前者除以后者的根：梯度小或稀少的权重与梯度大的走得一样远。用默认值几乎对任何问题都有效，所以应当先试它。权重衰减重要时，请用 AdamW。',
    aliases: ['优化器', '自适应'],
  },
  adamw: {
    title: 'AdamW',
    description: '权重衰减独立成一步的 Adam。',
    lesson:
      '在 Adam 中，加到梯度上的衰减像其他东西一样被 v 的根除，所以梯度大的权重几乎不衰减。AdamW 在步之外同样地缩小所有权重。它是 Transformer 的通常选择。',
    aliases: ['优化器', '权重衰减', '防止过拟合'],
  },
  sgd: {
    title: 'SGD',
    description: '带动量地沿梯度下降。',
    lesson:
      '朝一批的梯度的反方向走。动量累加过去的步，使它沿山谷跑得更快、横向摆动更少；Nesterov 形式在前一步的地方看梯度。配以合适的学习率和调度，结果往往比自适应方法更好，尤其是图像。',
    aliases: ['优化器', '随机梯度下降', '动量'],
  },
  lion: {
    title: 'Lion',
    description: '让每个权重向上或向下移动相同的长度。',
    lesson:
      '由程序搜索发现。它只保持一个平均而不是两个，并且只取其符号。所有步都一样长，所以学习率应比 AdamW 小三到十倍，权重衰减则相应地大。',
    aliases: ['优化器', '符号'],
  },
  rmsprop: {
    title: 'RMSprop',
    description: '把每个梯度除以其近期的大小。',
    lesson:
      '把每个梯度除以其近期均方的根，使一个学习率适合所有权重。训练后期的步与前期一样长，最初几步比学习率还长。常用于循环网络和强化学习。',
    aliases: ['优化器', '自适应'],
  },
  adamax: {
    title: 'Adamax',
    description: '除以近期最大梯度的 Adam。',
    lesson:
      '除以近期最大的梯度，而不是均方的根，因此没有一步比学习率更长。适合很少出现但很大的梯度，例如嵌入的梯度。',
    aliases: ['优化器', '自适应'],
  },
  adagrad: {
    title: 'Adagrad',
    description: '按每个权重得到过的所有梯度放慢它。',
    lesson:
      '把一个权重所有梯度的平方相加并除以其根：少见的走大步，常见的步子越来越小。适合词语之类的稀疏输入；训练久了会停滞。',
    aliases: ['优化器', '稀疏'],
  },
  adadelta: {
    title: 'Adadelta',
    description: '自己找到步长。',
    lesson: '按近期步的大小缩放每一步，使它具有权重的单位而不需要学习率（1 保持公式不变）。它起步很慢。',
    aliases: ['优化器', '自适应'],
  },
} as const satisfies Readonly<Record<string, KindTexts>>;
