import type { KindTexts } from './kindTexts.ts';

/** Losses in Chinese. */
export const lossTexts = {
  'softmax-cross-entropy': {
    title: 'Softmax 交叉熵',
    description: '类别概率与正确类别相距多远。',
    lesson:
      '损失就是网络对正确类别的惊讶程度，以纳特计：确定时为 0，在 K 个中乱猜时为 log K。它接受 logits，因为 softmax 与对数合在一起是精确的，分开则会溢出。它的梯度就是概率减去目标。',
    aliases: ['交叉熵', '分类损失'],
  },
  'categorical-cross-entropy': {
    title: '比例目标的 Softmax 交叉熵',
    description: '类别概率与给定概率相距多远。',
    lesson:
      '答案不是单独一类、而是若干类的比例时所用的 softmax 损失：两张混合的图像及两个标签的比例，小网络向大网络学习它的犹疑，或多人的投票。目标中只有一个 1 时，它就是普通的 softmax 损失。',
    aliases: ['交叉熵', '软标签', '蒸馏'],
  },
  'mean-squared-error': {
    title: '均方误差',
    description: '差的平方的平均；类别标签按独热行比较。',
    lesson:
      '数值的默认选择：最好的常数答案是均值，大误差最要紧，所以单个离谱的目标会用力拉扯。误差呈正态分布时，它是正确的损失。对于类别，交叉熵学得更快。',
    aliases: ['MSE', '回归损失'],
  },
  'binary-cross-entropy': {
    title: '二元交叉熵',
    description: '“是”的概率与是和否相距多远。',
    lesson:
      '评判以是或否回答的问题，各自独立：是猫吗，有狗吗。自信的错误答案，其损失无上限。请给它 logits 而不是概率：sigmoid 与对数合在一起才保持精确，分开则不然。',
    aliases: ['二分类', '交叉熵', 'BCE'],
  },
  'focal-loss': {
    title: '焦点损失',
    description: '容易样本占比很小的交叉熵。',
    lesson:
      '当一个类别几乎无处不在时，例如检测中的背景，众多容易的样本会淹没少数困难的。焦点损失按已知程度调低每个样本：p = 0.9、γ = 2 时只算百分之一。',
    aliases: ['类别不平衡', '检测'],
  },
  'mean-absolute-error': {
    title: '平均绝对误差',
    description: '预测与目标之间距离的平均。',
    lesson:
      '每单位距离代价相同，所以几个离谱的目标比平方误差拉得少：最好的常数答案是中位数。靠近目标时斜率不减小，使最后几步不安稳。',
    aliases: ['MAE', 'L1 损失', '回归损失'],
  },
  huber: {
    title: 'Huber 损失',
    description: '小距离取平方，大距离取直线。',
    lesson:
      '靠近目标时是平方误差，越近步子越小；远处是绝对误差，离群点不会主导。Delta 表示多远算远，以目标自己的单位计。',
    aliases: ['稳健损失', '回归损失'],
  },
  hinge: {
    title: '合页损失',
    description: '要求“是”的得分高于 1，“否”的低于 −1。',
    lesson:
      '只要求足够：得分一旦以 1 的间隔站对了边，就不再有代价和梯度。线性层加此损失和权重衰减就是支持向量机。得分不是概率。',
    aliases: ['铰链损失', '支持向量机'],
  },
  'kl-divergence': {
    title: 'KL 散度',
    description: '预测的概率与给定的概率相距多远。',
    lesson:
      '衡量用预测代替目标会损失多少纳特。只有两者一致时才为零，而且不对称：对目标认为可能的东西不给概率，代价最大。小网络用它从大网络的概率中学习。',
    aliases: ['相对熵', '知识蒸馏'],
  },
  'cosine-loss': {
    title: '余弦损失',
    description: '向量的方向相差多远。',
    lesson: '比较方向而不管长度，这正是嵌入所看重的。梯度与向量垂直，所以只用它训练，长度会慢慢增长。',
    aliases: ['余弦相似度'],
  },
  triplet: {
    title: '三元组损失',
    description: '要求相似样本比不相似样本更近。',
    lesson:
      '学习距离而不是类别，所以也适用于从未见过的类别。已经保持间隔的三元组没有梯度：训练靠困难的三元组，挑选它们是一半的功夫。',
    aliases: ['度量学习', '人脸识别'],
  },
  'info-nce': {
    title: 'InfoNCE',
    description: '要求每个向量在整批其他向量中找到自己的伙伴。',
    lesson:
      '无需标签即可学习：同一事物的两个视图应在批内所有配对中被认出是伙伴。其他样本越多越难也越好，所以它需要大批；温度决定最难的那些占多大分量。',
    aliases: ['对比学习', 'SimCLR'],
  },
  ctc: {
    title: 'CTC',
    description: '为标签序列打分，无需知道每个标签何时出现。',
    lesson:
      '用一段文本和一段录音训练，而不知道每个字母何时说出：它用动态规划把每种对齐的概率加起来。标签可以在多步上重复，空白类别表示没有新内容。步数必须不少于标签数。',
    aliases: ['连接时序分类', '语音识别'],
  },
  'dice-loss': {
    title: 'Dice 损失',
    description: '预测与真实区域重叠得有多少，小区域与大区域同等重要。',
    lesson:
      '评判整个区域而不是每个像素，所以小器官与周围的背景同样重要。几乎没有重叠时它的梯度不均匀；用损失加权和加上交叉熵，可使开头平稳。',
    aliases: ['分割', '重叠'],
  },
  'iou-loss': {
    title: 'IoU 损失',
    description: '预测与真实区域的并集中，两者共有的有多少。',
    lesson:
      '两个区域的共同部分除以属于任一个的全部：评判分割的指标，做成平滑以便训练。它对重叠不佳的惩罚比 Dice 更重；两者的最佳答案相同。',
    aliases: ['交并比', 'Jaccard', '分割'],
  },
  'discriminator-loss': {
    title: '判别器损失',
    description: '要求真实样本得分高，生成样本得分低。',
    lesson:
      '判别器学习区分真实样本与生成样本；它的优化器只训练判别器。请给它原始得分。采用 Wasserstein 目标时它是评判器，斜率必须加以限制，例如用梯度惩罚。',
    aliases: ['生成对抗网络', 'GAN'],
  },
  'generator-loss': {
    title: '生成器损失',
    description: '要求生成样本得到像真实样本一样的得分。',
    lesson:
      '生成器学习被当成真的；它的优化器只训练生成器。极小极大形式中，判别器很确定时梯度会消失，而那正是需要它的时候：非饱和形式把问题反过来，从而保住梯度。',
    aliases: ['生成对抗网络', 'GAN'],
  },
  'style-loss': {
    title: '风格损失',
    description: '纹理相差多远，不论在图像何处。',
    lesson:
      '特征图的 Gram 矩阵表示哪些特征同时强，而忘掉位置。Gram 矩阵相同的两张图像有相同的纹理。在冻结网络的几个深度上取它，就能把一幅画的风格搬到照片上。',
    aliases: ['风格迁移', 'Gram 矩阵'],
  },
  'content-loss': {
    title: '内容损失',
    description: '特征逐位置相差多远。',
    lesson:
      '比较网络在两张图像中看到的东西，而不是像素：移动一个像素对深层特征影响很小。深层保存画的是什么，浅层保存画得多精确。',
    aliases: ['感知损失', '风格迁移'],
  },
  'activity-regularization': {
    title: '活动惩罚',
    description: '要求某层的输出小或稀疏。',
    lesson:
      '层无论说什么都有代价，所以它只说值得说的：用 L1 时大多数单元保持沉默，每个样本只有少数发言。用加权和把它加到主损失上。权重衰减则是对权重的代价，是优化器的设置。',
    aliases: ['正则化', '稀疏', 'L1', 'L2', '防止过拟合'],
  },
  'weighted-loss': {
    title: '损失加权和',
    description: '把损失相加，每个带一个权重。',
    lesson:
      '一个优化器只追随一个数，所以几个目标要加起来变成一个。权重表示为一个目标放弃另一个多少：风格对内容，重构对规律性。',
    aliases: ['多任务', '加权求和'],
  },
} as const satisfies Readonly<Record<string, KindTexts>>;
