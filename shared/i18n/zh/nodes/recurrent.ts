import type { KindTexts } from './kindTexts.ts';

/** Recurrent layers in Chinese. */
export const recurrentTexts = {
  'simple-rnn': {
    title: '简单循环层',
    description: '逐步读取序列；其状态就是上一步的输出。',
    lesson:
      '每一步都把同一个小层作用于新的输入和它自己上一步的输出。它只展示循环这一思想，没有别的。每一步梯度都要乘上循环核，所以在长序列上会消失或爆炸：那时请用 LSTM 或 GRU。',
    aliases: ['循环神经网络', '简单 RNN'],
  },
  lstm: {
    title: 'LSTM',
    description: '逐步读取序列，并学习记住什么、忘记什么。',
    lesson:
      '单元沿着序列携带记忆 c。三个取值 0 到 1 的门决定忘记什么、写入什么，以及作为输出 h 展示什么。记忆是累加的，而不是每一步重新相乘，所以梯度能延续数百步。它一步接一步地读，因此长序列很慢；Transformer 则一次读完。',
    aliases: ['长短期记忆', '循环神经网络'],
  },
  gru: {
    title: 'GRU',
    description: '用两个门逐步读取序列：更轻的 LSTM。',
    lesson:
      '更新门 z 把旧状态与新的候选混合，重置门 r 决定候选能看到多少旧状态。它比 LSTM 少四分之一的权重，没有单独的记忆，效果往往一样好。数据少时先试它。',
    aliases: ['门控循环单元', '循环神经网络'],
  },
} as const satisfies Readonly<Record<string, KindTexts>>;
