import type { KindTexts } from './kindTexts.ts';

/** Metrics in Chinese. */
export const metricTexts = {
  accuracy: {
    title: '准确率',
    description: '归入正确类别的样本比例。',
    lesson:
      '正确答案的比例。易读也易误读：若十个样本中有九个属于同一类，总说那一类就能十次对九次。请同时看召回率或混淆矩阵。',
    aliases: ['精度', '正确率'],
  },
  'top-k-accuracy': {
    title: 'Top-k 准确率',
    description: '其类别在最可能的 k 个之中的样本比例。',
    lesson:
      '在一千个类别、许多看起来相似的情况下，只猜一次太难。Top-5 问正确类别是否在最可能的五个之中，这也是推荐列表所需要的。',
    aliases: ['前 k 准确率'],
  },
  precision: {
    title: '精确率',
    description: '说是某一类的当中，确实是的比例。',
    lesson:
      '“是”有多可信：归入某一类的全部当中，确实属于它的比例。单独使用容易作弊，只要少说“是”；请同时看召回率。',
    aliases: ['查准率'],
  },
  recall: {
    title: '召回率',
    description: '属于某一类的当中，被找到的比例。',
    lesson:
      '找到了多少：属于某一类的全部当中，被归入它的比例。对一切都说“是”就是 1，所以请同时看精确率。各类别的平均就是平衡准确率。',
    aliases: ['查全率'],
  },
  f1: {
    title: 'F1',
    description: '精确率和召回率合为一个数。',
    lesson:
      '精确率与召回率的调和平均接近两者中较小的，所以不能以一换一。按类别平均时，每类同样重要，无论多稀少。',
    aliases: ['F1 值', '调和平均'],
  },
  auc: {
    title: 'AUC',
    description: '在每个阈值下，得分把“是”排在“否”之上的程度。',
    lesson:
      '随机的“是”得分高于随机的“否”的概率：1 是完美的顺序，½ 是乱猜。不必选择阈值，“是”有多稀少也无关紧要；极稀少时，平均精确率更说明问题。',
    aliases: ['曲线下面积', 'ROC'],
  },
  'mean-iou': {
    title: '平均 IoU',
    description: '预测与真实区域的重叠，对类别取平均。',
    lesson:
      '在网络或真值归于某类的所有像素中，两者都归于它的比例。占满画面的背景不再掩盖漏掉的小类别。区域在整个数据划分上累加，而不是逐张图。',
    aliases: ['交并比', 'mIoU', '分割'],
  },
  dice: {
    title: 'Dice 系数',
    description: '区域的重叠，即共同部分的两倍与两者之和的比。',
    lesson: '医学分割的常用指标：共同部分计两次，除以两个区域之和。它是像素的 F1，总比相同区域的 IoU 略高。',
    aliases: ['重叠', '分割'],
  },
  'mean-average-precision': {
    title: 'mAP',
    description: '物体找得、认得、框得有多好。',
    lesson:
      '检测器必须同时找到、认出并框住。它的答案按确信程度排序；对所有该找到的取精确率的平均是一个类别的值，各类别的平均就是此值。误报只有在比命中更确信时才有代价。',
    aliases: ['平均精确率均值', '检测'],
  },
  'exact-match': {
    title: '完全匹配',
    description: '从头到尾都正确的序列比例。',
    lesson:
      '一个字符错，整个答案就错，日期或算式就是这样评判的。10 个字符各 99 % 正确时，只有约 90 % 的答案全对。',
    aliases: ['全对率', '序列'],
  },
  perplexity: {
    title: '困惑度',
    description: '语言模型在多少个同样可能的词元之间犹豫。',
    lesson:
      '困惑度为 20 表示模型如同要在 20 个同样可能的词元中选择那样不确定。只能在用相同词元读相同文本的模型之间比较。',
    aliases: ['语言模型', 'PPL'],
  },
  'bits-per-character': {
    title: '每字符比特数',
    description: '模型存储一个字符需要多少比特。',
    lesson:
      '能预测文本的模型就能压缩它：这就是一个字符要占的比特数。香农的读者逐字母猜英文，结果在 0.6 到 1.3 比特之间。',
    aliases: ['语言模型', 'BPC', '压缩'],
  },
  'absolute-error': {
    title: '平均绝对误差',
    description: '预测平均偏离多远。',
    lesson: '以目标自己的单位表示的误差：平均偏离这么多。几个离谱的偏差不会被额外放大。',
    aliases: ['MAE', '回归'],
  },
  'root-mean-squared-error': {
    title: '均方根误差',
    description: '典型误差的大小，大误差更重。',
    lesson:
      '同样以目标的单位表示，但大误差比小误差更重。如果它比平均绝对误差大得多，说明有少数预测偏得很远。',
    aliases: ['RMSE', '回归'],
  },
  'r-squared': {
    title: 'R²',
    description: '比总是预测均值好多少。',
    lesson:
      '1 是完美，0 不比总说均值好，低于 0 更差。它与目标的变化程度相比，所以同样的误差在其他数据上会得到另一个数。',
    aliases: ['决定系数', '回归'],
  },
  'reconstruction-error': {
    title: '重构误差',
    description: '整个样本与其副本的平方距离。',
    lesson:
      '自编码器的副本与原件相距多远，把样本的所有数合在一起。比其他样本大得多的，与网络见过的都不相似：异常。',
    aliases: ['自编码器', '异常检测'],
  },
  recognized: {
    title: '可识别率',
    description: '分类器有把握的样本比例。',
    lesson:
      '生成的图像没有可供比较的正确答案。在真实图像上学过的分类器会说它是否看到了认识的东西。它不说是否所有类别都生成了：请同时看覆盖的类别。',
    aliases: ['置信度', '生成质量'],
  },
  'classes-covered': {
    title: '覆盖的类别',
    description: '样本中有多少个类别。',
    lesson:
      '只会生成完美的“1”的生成器找到了讨好评判的办法，却没学到什么：这就是模式崩溃。它数出分类器在生成物中看到的类别。',
    aliases: ['模式崩溃', '多样性'],
  },
  'code-perplexity': {
    title: '使用的编码',
    description: '量化器在多少个同样常见的编码之间选择。',
    lesson:
      '64 个符号的码本若只用三个，就几乎什么也存不下：这就是码本崩溃。此数是同样常见时能说同样多的符号个数；它至多等于条目数。',
    aliases: ['码本', '困惑度', 'VQ-VAE', '崩溃'],
  },
  'relative-error': {
    title: '相对误差',
    description: '平方误差占基线平方误差的比例。',
    lesson:
      '单看误差说明不了什么：与最简单的猜测相比，才看得出学到了什么。低于 100 % 时网络胜过基线，例如“明天和今天一样”。',
    aliases: ['技巧评分', '持续性', '改进', '朴素预测'],
  },
} as const satisfies Readonly<Record<string, KindTexts>>;
