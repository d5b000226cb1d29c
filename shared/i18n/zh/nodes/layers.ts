import type { KindTexts } from './kindTexts.ts';

/** Layers in Chinese. */
export const layerTexts = {
  dense: {
    title: '全连接层',
    description: '把每个输入连接到每个单元。',
    lesson:
      '每个输出都是所有输入的加权和，加上偏置，再经激活函数弯曲。两层之间有一次弯曲就能逼近任何函数；没有弯曲，它们就等于一层。权重数随输入 × 单元增长，所以图像要先变小。',
    aliases: ['线性层', '稠密层', '感知机'],
  },
  embedding: {
    title: '嵌入层',
    description: '为每个词元查找一个学习得到的向量。',
    lesson:
      '词元是没有大小的编号：7 并不比 3 大。每个词元有自己的向量，像任何权重一样学习得到；用法相似的词元最终彼此靠近。它相当于作用在独热行上的全连接层，只是省去了与零的乘法。',
    aliases: ['词嵌入', '词向量'],
  },
  'tied-output': {
    title: '共享输出层',
    description: '用嵌入层自己的向量为每个词元打分。',
    lesson:
      '把一个向量与每个词元的向量比较，从而读成词元。同一张表既用于读也用于写，省去了小型语言模型中最大的一层，通常还会使它更好。',
    aliases: ['权重绑定', '输出层'],
  },
  bias: {
    title: '偏置',
    description: '给每个通道加上一个学习得到的数。',
    lesson: '移动单元开始响应的位置。大多数层有自己的偏置；放在归一化之前则不起作用，因为均值又会被减去。',
    aliases: ['偏移'],
  },
  dropout: {
    title: 'Dropout',
    description: '训练时随机把一些数置零，防止过拟合。',
    lesson:
      '训练时，每个数以给定的概率被丢弃，使任何单元都不能依赖另一个，网络因此学会多条通往答案的路。留下的数会放大；使用时则全部保留。Dropout 使训练变慢，但结果更稳定。',
    aliases: ['随机失活', '丢弃', '正则化', '防止过拟合'],
  },
  'spatial-dropout': {
    title: '空间 Dropout',
    description: '训练时把整个通道置零。',
    lesson: '特征图中相邻像素几乎说着同样的内容，丢弃单个像素毫无影响：邻居会泄露它。丢弃整个通道才有效。',
    aliases: ['空间随机失活', '通道丢弃', '防止过拟合'],
  },
  'alpha-dropout': {
    title: 'Alpha Dropout',
    description: '保持均值和方差的 Dropout，用于 SELU。',
    lesson:
      'SELU 网络自己会逐层保持均值 0 和方差 1。普通 Dropout 会破坏这一点；它则把数丢弃成 SELU 对极小负数给出的值，并修正其余的数。只与 SELU 和 LeCun 初始化一起使用。',
    aliases: ['随机失活', '防止过拟合'],
  },
  'gaussian-noise': {
    title: '高斯噪声',
    description: '训练时加入随机噪声。',
    lesson:
      '训练时扰动数值，使网络学会不依赖细小差别：在一阶近似下，它是对陡峭斜率的惩罚。加在输入上，可由同样的数据得到更多数据；其后的自编码器会学会去噪。',
    aliases: ['噪音', '正则化', '防止过拟合'],
  },
  activation: {
    title: '激活函数',
    description: '使数值弯曲，让各层不止于一条直线。',
    lesson:
      '各层本身只做加法和乘法：无论多少层，得到的都是直线。它们之间的弯曲才造成差别。ReLU 是最朴素的选择；GELU 和 SiLU 平滑，常用于 Transformer；sigmoid、tanh 和 softmax 把数压进某个范围，用在末端或门控中。',
    aliases: ['非线性', '激活'],
  },
  prelu: {
    title: 'PReLU',
    description: '斜率可学习的 Leaky ReLU。',
    lesson: '让训练来决定每个通道保留多少负数。它几乎没有代价，而且不会像输入总是负数的 ReLU 那样死掉。',
    aliases: ['激活函数', '参数化修正线性'],
  },
} as const satisfies Readonly<Record<string, KindTexts>>;
