import type { KindTexts } from './kindTexts.ts';

/** What generative models are made of, in Chinese. */
export const generativeTexts = {
  noise: {
    title: '噪声',
    description: '用来生成东西的随机数。',
    lesson: '生成器把噪声变成样本：噪声的每个点变成另一张图像。抽取只取决于随机种子和步，因此训练可以重现。',
    aliases: ['随机数', '潜变量'],
  },
  'gaussian-sample': {
    title: '高斯采样',
    description: '从网络描述的正态分布中抽取。',
    lesson:
      '抽取没有梯度。写成均值 + 标准差·噪声，噪声来自外部，就有了梯度：两个数都可以学习。这是变分自编码器的中间部分；旁边的 KL 项使分布接近标准正态，以便日后从中抽取。',
    aliases: ['重参数化', '变分自编码器', 'VAE'],
  },
  'gaussian-kl': {
    title: 'KL 项',
    description: '潜变量分布与标准正态相距多远。',
    lesson:
      '没有它，自编码器会把编码散布到任何地方，随机抽取的编码就没有意义。编码比噪声多说的每一纳特，都由此项付出代价。重构与 KL 合起来就是（负的）证据下界：描述一张图像所需纳特数的上界。',
    aliases: ['KL 散度', '变分自编码器', 'VAE'],
  },
  'random-mix': {
    title: '随机混合',
    description: '每对样本之间的一个随机点。',
    lesson: '评判器的斜率只能在测量之处加以约束。真实与生成样本之间的点正是要紧之处：生成器必须走过那里。',
    aliases: ['插值', '混合'],
  },
  'gradient-penalty': {
    title: '梯度惩罚',
    description: '使评判器的斜率保持在想要的陡度。',
    lesson:
      'Wasserstein 评判器在任何地方都不能比 1 更陡，否则它对真实与生成的差值就没有意义。裁剪权重做得不好；此项直接看真实与生成样本之间随机点上的斜率。它需要梯度的梯度，所以一步的时间约为两倍。',
    aliases: ['WGAN-GP', 'R1'],
  },
  'minibatch-stddev': {
    title: '批内离散度',
    description: '让判别器看到它这一批有多少变化。',
    lesson:
      '找到一张好图像的生成器可能不再生成别的（模式崩溃）。每张图像单独看都对；只有整批才会暴露它。这个通道让判别器看到这一点。',
    aliases: ['小批量标准差', '模式崩溃'],
  },
  'vector-quantizer': {
    title: '向量量化',
    description: '把每个向量舍入到学习得到的码本中最近的一个。',
    lesson:
      '把图像变成几个整数，语言模型随后可以学着写出它们。舍入没有斜率，所以输出处的梯度原样交给输入（直通）。距离把每个用到的条目拉向它所代表的东西；没人用的条目会被落下，这正是要注意的。',
    aliases: ['码本', 'VQ-VAE'],
  },
  'diffusion-noise': {
    title: '扩散加噪',
    description: '把每个样本与噪声混合，各自抽取混合的程度。',
    lesson:
      '扩散学习去除噪声。训练时每张图像与随机量的噪声混合，网络猜测噪声；要生成新图像，就从纯噪声开始，一次又一次地去掉一点猜测的噪声。',
    aliases: ['扩散模型', 'DDPM'],
  },
  'timestep-embedding': {
    title: '时间嵌入',
    description: '告诉网络其输入中有多少噪声。',
    lesson:
      '对于在每种噪声水平下都要有不同行为的网络，一个数说得太少。多种波长的波使相近的时间相似、相距远的不同。其后通常是两个全连接层，结果加到每张特征图上。',
    aliases: ['时间步嵌入', '扩散模型'],
  },
  'random-affine': {
    title: '随机仿射',
    description: '随机地把每张图像略微旋转、缩放和平移。',
    lesson:
      '转了几度的数字还是同一个数字：这样每轮都出现新图像，网络无法死记。对比学习把同一图像的两个这样的视图当作伙伴。改动不要超过答案仍然正确的程度：倒过来的 6 是 9。',
    aliases: ['数据增强', '旋转', '平移', '缩放', '防止过拟合'],
    params: { scale: '缩放' },
  },
  'mask-tokens': {
    title: '遮盖词元',
    description: '遮住文本中随机的词，由其余的词来猜。',
    lesson:
      '文本没有标签，但被遮住的词就是标签：要从两边猜出它，就得懂语法，还要对世界有所了解。在大量文本上学会这一点的网络，之后只需少量有标签的句子。选中的词有一些保留原样或被替换，使网络不能只等遮盖符。',
    aliases: ['掩码语言模型', '完形填空', '预训练'],
  },
} as const satisfies Readonly<Record<string, KindTexts>>;
