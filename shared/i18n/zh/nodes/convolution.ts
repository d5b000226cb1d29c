import type { KindTexts } from './kindTexts.ts';

/** Convolution and pooling in Chinese. */
export const convolutionTexts = {
  conv2d: {
    title: '二维卷积',
    description: '让学习得到的滤波器在图像上滑动。',
    lesson:
      '同一个小滤波器看遍每个位置，因此在一个角落学到的东西处处都认得，只需很少的权重。每个输出通道回答：我的模式在哪里？叠起来的层看到的范围越来越大；步幅和空洞使它增长得更快。',
    aliases: ['卷积', '卷积层'],
  },
  conv1d: {
    title: '一维卷积',
    description: '让学习得到的滤波器沿序列滑动。',
    lesson:
      '无论短模式出现在何时都能找到，所有步同时计算，而循环层只能一步接一步。使用因果填充和空洞率 1、2、4、…，几层就能看到很久以前，而不会看到未来。',
    aliases: ['卷积', '时间卷积'],
  },
  conv3d: {
    title: '三维卷积',
    description: '让学习得到的滤波器在三维体或视频上滑动。',
    lesson:
      '滤波器还延伸到第三个轴的卷积：扫描的深度，或视频的时间，因而能看到运动。计算量和权重随卷积核边长的立方增长；滤波器要小。',
    aliases: ['卷积', '视频'],
  },
  'conv-transpose1d': {
    title: '一维转置卷积',
    description: '用学习得到的滤波器把序列变长。',
    lesson: '把特征多的短序列变成更长的序列：每一步放下一段信号，重叠的部分相加。音频解码器由它构成。',
    aliases: ['反卷积', '上采样'],
  },
  'conv-transpose2d': {
    title: '二维转置卷积',
    description: '用学习得到的滤波器把图像变大。',
    lesson:
      '把卷积反过来做：小图上的每个数放下一整块，重叠的块相加。请选择步幅能整除的卷积核，否则有些像素得到的块比别的多，会出现棋盘格。',
    aliases: ['反卷积', '上采样'],
  },
  'depthwise-conv2d': {
    title: '深度卷积',
    description: '对每个通道单独滤波。',
    lesson:
      '只看空间，通道互不相干：每个通道的输出只取决于该通道。它只需普通卷积的一小部分权重，其后的 1×1 卷积把通道混合：这一对就是可分离卷积。',
    aliases: ['逐通道卷积', '卷积'],
  },
  'separable-conv2d': {
    title: '深度可分离卷积',
    description: '先对每个通道单独滤波，再混合通道。',
    lesson:
      '把卷积的两件工作分开做：先在每个通道内看空间，再在每个位置混合通道。用 3×3 滤波器时，计算量约为九分之一，准确率损失很小。',
    aliases: ['可分离卷积', '卷积'],
  },
  'max-pool2d': {
    title: '二维最大池化',
    description: '保留每个窗口中的最大值。',
    lesson:
      '对每个窗口只问某个特征在不在、有多强，而不问确切位置。特征图变小，后面的层看到更多，图像的微小移动影响不大。梯度只流向最大者。',
    aliases: ['池化', '下采样'],
  },
  'average-pool2d': {
    title: '二维平均池化',
    description: '取每个窗口的平均值。',
    lesson:
      '把图像变小而平均上不丢失任何东西：每个像素都算数，因此保留纹理和亮度。最大池化则保留最强的特征。',
    aliases: ['池化', '均值池化', '下采样'],
  },
  'max-pool1d': {
    title: '一维最大池化',
    description: '保留每个步窗口中的最大值。',
    lesson: '缩短序列，并保留每个特征在窗口中最强的信号，无论它在窗口何处。后面的层看得更远、算得更少。',
    aliases: ['池化', '下采样'],
  },
  'average-pool1d': {
    title: '一维平均池化',
    description: '取每个步窗口的平均值。',
    lesson: '使序列平滑并缩短：每隔几步取一次移动平均。步幅为 1 且填充为“same”时只做平滑。',
    aliases: ['池化', '移动平均'],
  },
  'global-pool': {
    title: '全局池化',
    description: '不论大小，把每个通道变成一个数。',
    lesson:
      '把任意大小的特征图变成每个通道一个数：这个特征总共有多少？它代替展平和大的全连接层，完全没有权重，并接受任意大小的图像。',
    aliases: ['全局平均池化', '池化'],
  },
  'adaptive-pool': {
    title: '自适应池化',
    description: '不论之前多大，都池化到固定大小。',
    lesson:
      '指定结果的大小，窗口随之变化，使其后的全连接层适合各种大小的输入。不能整除时，相邻窗口会共用一行。',
    aliases: ['池化'],
  },
  'up-sampling': {
    title: '上采样',
    description: '用重复或插值把图像或序列变大。',
    lesson:
      '不用权重放大特征图：最近邻重复每个像素，线性插值混合相邻像素。其后的卷积再加以细化，可避免转置卷积的棋盘格。',
    aliases: ['放大', '插值'],
  },
  'pixel-shuffle': {
    title: '像素重排',
    description: '把通道变成像素，或把像素变成通道。',
    lesson:
      '只搬动数：b² 个通道变成 b × b 的像素块。网络因此可以在低分辨率下计算，最后一步写出清晰的大图。反过来则把图像变小而不丢失任何东西。',
    aliases: ['亚像素', '超分辨率'],
  },
  padding: {
    title: '填充',
    description: '在图像或序列周围加上边框。',
    lesson:
      '让滤波器在边缘之外也有东西可看。零是网络会学着看见的暗框；镜像则延续画面，所以生成器和风格迁移更喜欢它。',
    aliases: ['补零', '边框'],
  },
  cropping: {
    title: '裁剪边框',
    description: '裁去图像或序列的边框。',
    lesson:
      '去掉一些行和列，使大小不同的两张特征图能拼在一起：最初的 U-Net 会裁剪它传过去的部分，因为它的卷积会丢失边缘。',
    aliases: ['裁切'],
  },
} as const satisfies Readonly<Record<string, KindTexts>>;
