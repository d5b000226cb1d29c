import type { KindTexts } from './kindTexts.ts';

/** Operations in Chinese. */
export const operationTexts = {
  flatten: {
    title: '展平',
    description: '把每个样本变成一行数。',
    lesson:
      '把样本的所有数写成一行，最后一轴变化最快。谁挨着谁被忘掉了，所以它放在卷积的末尾；全局池化可以使其后需要的权重更少。',
    aliases: ['拉平', '一维化'],
  },
  add: {
    title: '相加',
    description: '逐数相加张量。',
    lesson:
      '逐数相加各个输入。残差连接把层的输入加到它的输出上，层只需学习差别，梯度畅通无阻。大小为 1 的轴会被扩展以适合。',
    aliases: ['加法', '残差', '跳跃连接'],
  },
  subtract: {
    title: '相减',
    description: '逐数从第一个张量减去第二个。',
    lesson: '逐数从 a 减去 b。孪生网络比较的就是两个嵌入之差；减去均值使数据居中。',
    aliases: ['减法', '差'],
  },
  multiply: {
    title: '相乘',
    description: '逐数相乘张量。',
    lesson:
      '逐数相乘各个输入；它不是矩阵乘积。乘以 0 到 1 之间的数，会为另一个输入打开或关闭通路：这就是门，如 LSTM 或 squeeze-and-excitation 中那样。',
    aliases: ['乘法', '哈达玛积', '门'],
  },
  divide: {
    title: '相除',
    description: '逐数用第一个张量除以第二个。',
    lesson:
      '逐数用 a 除以 b。b 可能为零之处，结果为无穷或不是数，梯度也是：请给 b 加一个小常数，或先用截断。',
    aliases: ['除法', '商'],
  },
  matmul: {
    title: '矩阵乘法',
    description: '矩阵相乘：第一个的行乘第二个的列。',
    lesson:
      '结果的每个数是 a 的一行与 b 的一列的点积：两者有多一致。把 b 转置，就把 a 的每一行与 b 的每一行比较，注意力和对比学习就是这样给配对打分的。',
    aliases: ['矩阵乘', '点积'],
  },
  einsum: {
    title: 'Einsum',
    description: '对命名的轴求乘积之和。',
    lesson:
      '用轴的名字写出任意的乘积之和：两个输入共有的字母相乘，右边没有的字母被求和。一行就能涵盖矩阵乘积、外积、注意力得分和转置。',
    aliases: ['爱因斯坦求和'],
  },
  power: {
    title: '幂',
    description: '把每个数取幂。',
    lesson:
      '把每个数取同样的幂。平方根在零处斜率无穷，非整数幂对负数没有定义：请让输入远离那里，否则梯度会变成非数。',
    aliases: ['乘方', '平方', '平方根'],
  },
  reduce: {
    title: '归约',
    description: '沿轴求和、求平均或取最大值。',
    lesson:
      '把所选轴上的所有数变成一个。对时间或位置取平均，使网络的答案不取决于它们的数量；最大值问某样东西到底有没有；log-sum-exp 是它的平滑形式。',
    aliases: ['求和', '平均', '最大值', '聚合'],
  },
  gather: {
    title: '按编号取行',
    description: '按编号挑选行。',
    lesson: '按编号查找行；梯度回到被挑中的行，挑中两次的相加。编号本身没有梯度：选择没有斜率。',
    aliases: ['索引', '查表'],
  },
  'one-hot': {
    title: '独热编码',
    description: '把类别编号变成只有一个 1 的行。',
    lesson:
      '给每个类别自己的方向，使类别不会仅因编号而彼此更近。条件生成器以这种形式得到想要的数字。类别很多时，嵌入更短，还能学到哪些相似。',
    aliases: ['one-hot', '类别'],
  },
  cast: {
    title: '类型转换',
    description: '改变数的种类：实数、整数或真假。',
    lesson:
      '层用实数计算；类别和词元是整数；比较给出真或假。梯度不能通过到整数或真值的转换：它们跳跃地变化。',
    aliases: ['数据类型'],
  },
  clip: {
    title: '截断',
    description: '把数限制在范围内。',
    lesson:
      '切掉过小或过大的。范围之外梯度为零，所以越出范围的数无法靠学习回来；sigmoid 或 tanh 则弯曲而不切断。',
    aliases: ['裁剪', '限幅'],
  },
  where: {
    title: '条件选择',
    description: '条件成立处取一个张量的数，否则取另一个的。',
    lesson:
      '在两个张量之间逐数选择。只有被选中的在该处得到梯度，但两者都会计算：若另一支在那里是无穷，它的梯度仍可能毁掉结果。',
    aliases: ['选择', '条件'],
  },
  compare: {
    title: '比较',
    description: '说明每个数是否满足比较。',
    lesson: '对每个数给出真或假。没有梯度通过，因为真值跳跃地变化；用它产生掩码，再用条件选择。',
    aliases: ['大于', '小于', '掩码'],
  },
  logic: {
    title: '逻辑运算',
    description: '组合真值：与、或、异或、非。',
    lesson:
      '组合掩码：一步不是填充且位于查询之前才算数。梯度不能通过真值。单个神经元能否学会这些函数是关于网络的第一个问题：它学不会异或。',
    aliases: ['与', '或', '异或', '非', '掩码'],
  },
  'arg-max': {
    title: 'Arg-max',
    description: '说明最大的数在哪里。',
    lesson:
      '把得分变成决定：得分最高的类别编号。决定没有斜率，所以它之前的任何东西都不会通过它学习；请用得分训练，只在最后做决定。',
    aliases: ['最大值位置', '类别'],
  },
  'top-k': {
    title: 'Top-k',
    description: '挑出最后一轴上最大的 k 个数。',
    lesson:
      '保留最高的 k 个得分并说明是哪些。梯度流过被挑中的数，而不流过选择。路由到少数专家、从最可能的词元中采样，都由它开始。',
    aliases: ['前 k 个'],
  },
  'cumulative-sum': {
    title: '累积和',
    description: '沿一个轴逐位置累加。',
    lesson: '把变化变成水平：沿时间的累计。此前一切的平均、由掩码数出的位置、强化学习的回报，都是累积和。',
    aliases: ['累加', '前缀和'],
  },
  resize: {
    title: '缩放图像',
    description: '把图像变成固定大小。',
    lesson:
      '以另一数量的点对图像采样。双线性混合最近的四个像素，最近邻复制一个。图像缩小很多时，大多数像素不会被看到：平均池化则看到全部。',
    aliases: ['插值', '改变大小'],
  },
  'stop-gradient': {
    title: '停止梯度',
    description: '让数通过，不让梯度通过。',
    lesson:
      '把输入当作给定的数：前向不变，上游不会通过它学习。它冻结特征提取器，防止目标追逐自己的预测，也构成向量量化的直通技巧。',
    aliases: ['detach', '冻结'],
  },
  'gradient-reversal': {
    title: '梯度反转',
    description: '把梯度反过来，使之前的部分学习相反的事。',
    lesson: '数原样通过，梯度以相反的符号返回。其后的分类器学习区分两个来源，而之前的特征学习使之不可能。',
    aliases: ['域适应', '对抗'],
  },
  identity: {
    title: '恒等',
    description: '原样传递所得，用来布线或为连线命名。',
    lesson: '什么都不改变。它把连线绕过其他卡片，给值取名，并为想要省去以作比较的层保留位置。',
    aliases: ['直通', '不变'],
  },
  constant: {
    title: '常数',
    description: '一个固定的数，单个或某种形状。',
    lesson: '不学习的数。在算术中它会扩展到另一个张量的形状，所以一个数就足以缩放或平移一切。',
    aliases: ['常量', '固定值'],
  },
  'learnable-parameter': {
    title: '可学习参数',
    description: '自成一体、可以学习的数。',
    lesson:
      '不依赖任何输入的权重：由优化器单独决定它变成什么。视觉 Transformer 的类别词元、学习得到的查询和温度都是这样的数。',
    aliases: ['权重', '参数'],
  },
  expression: {
    title: '表达式',
    description: '对其输入逐数计算一个公式。',
    lesson:
      '对每个数按公式计算，梯度自动得出。它自成一种小语言——数、输入、算术和一组函数——所以别处来的图用它除了算术什么也做不了。',
    aliases: ['公式', '算式'],
  },
  concatenate: {
    title: '拼接',
    description: '沿一个轴并排放置张量。',
    lesson:
      '并排放置张量，使后面的部分看到全部：另一分支的特征、U-Net 的跳跃连接、噪声旁的条件。相加则需要大小相等，并且立即混合。',
    aliases: ['连接', '合并', '跳跃连接'],
  },
  reshape: {
    title: '改变形状',
    description: '把每个样本的数读成另一种形状。',
    lesson:
      '保持数及其顺序，只改变如何切分成轴；最后一轴变化最快。把图像切成块、把特征切成头，都是改变形状；交换轴不是：那是转置。',
    aliases: ['重塑', '变形'],
  },
  permute: {
    title: '转置',
    description: '交换轴。',
    lesson:
      '重排轴并随之移动数，不同于改变形状，后者让数留在原处。注意力用它把头移到时间之前；其他框架把通道放在最前。',
    aliases: ['交换轴', '置换'],
  },
  squeeze: {
    title: '去除单维',
    description: '去掉大小为 1 的轴。',
    lesson: '去掉只有一个位置的轴，使形状合适；数不变。只有一个输出单元的网络给出 B×1，目标往往只是 B。',
    aliases: ['压缩维度', '降维'],
  },
  'expand-dims': {
    title: '增加单维',
    description: '插入一个大小为 1 的轴。',
    lesson: '插入只有一个位置的轴，使另一个张量沿它扩展：B×C 变成 B×1×C，然后缩放 B×T×C 的每一步。数不变。',
    aliases: ['扩展维度', '升维'],
  },
  slice: {
    title: '切片',
    description: '取一个轴的一部分。',
    lesson:
      '复制一个轴上的一段位置；梯度回到那些位置，其他处为零。即使只剩一个位置，轴也保留：去除单维会去掉它。',
    aliases: ['截取', '裁切'],
  },
  split: {
    title: '分割',
    description: '把一个轴切成相等的几份。',
    lesson:
      '把一个轴切成大小相等的几份。一个宽层后接分割，能同时完成几层的工作：查询、键和值，或均值和对数方差。',
    aliases: ['拆分', '切分'],
  },
  stack: {
    title: '堆叠',
    description: '沿一个新轴放置形状相同的张量。',
    lesson:
      '由几个形状相同的张量构成新的轴，每个占一个位置；拼接则使已有的轴变长。几个向量变成一个短序列，供注意力或循环层读取。',
    aliases: ['叠放', '新轴'],
  },
} as const satisfies Readonly<Record<string, KindTexts>>;
