import type { KindTexts } from './kindTexts.ts';

/** Attention in Chinese. */
export const attentionTexts = {
  'multi-head-attention': {
    title: '注意力',
    description: '每个位置从其他位置收集其查询所需的内容。',
    lesson:
      '每个位置产生一个查询、一个键和一个值。查询与所有键的乘积经 softmax 变成份额，表示从每个值中取多少。多个头用各自的权重并行进行。掩码遮住填充；因果遮住未来。它本身不知道顺序：位置信息必须来自位置嵌入，或这里的旋转位置编码、ALiBi。“权重”输出显示谁在看谁。',
    aliases: ['多头注意力', '自注意力', '交叉注意力'],
  },
  'position-embedding': {
    title: '位置嵌入',
    description: '告诉序列的每一步它在哪里。',
    lesson:
      '注意力把序列当作集合：没有它，一个句子与打乱了词序的句子是一样的。学习得到的位置适合训练时的长度；正弦位置遵循规则，相邻位置编码相似，平移就是旋转。',
    aliases: ['位置编码'],
  },
  'encoder-attention': {
    title: '编码器注意力',
    description: '解码器回看编码器的每个状态。',
    lesson:
      '在注意力出现之前，编码器必须把整句话压进最后一个状态。这里，解码器保留所有状态，每一步取它们的加权平均：权重就是输入与输出之间的对齐，可以看到。注意力由此开始；Transformer 则去掉了循环部分。',
    aliases: ['对齐', 'Bahdanau', 'Luong'],
  },
} as const satisfies Readonly<Record<string, KindTexts>>;
