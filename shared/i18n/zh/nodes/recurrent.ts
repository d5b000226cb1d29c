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
    aliases: ['长短期记忆', '循环神经网络', '梯度消失'],
  },
  gru: {
    title: 'GRU',
    description: '用两个门逐步读取序列：更轻的 LSTM。',
    lesson:
      '更新门 z 把旧状态与新的候选混合，重置门 r 决定候选能看到多少旧状态。它比 LSTM 少四分之一的权重，没有单独的记忆，效果往往一样好。数据少时先试它。',
    aliases: ['门控循环单元', '循环神经网络'],
  },
  'conv-lstm': {
    title: '卷积 LSTM',
    description: '逐帧读取视频，并在每个位置保留记忆。',
    lesson:
      'LSTM 必须把每一帧展平，从而忘记东西在哪里。这里的状态本身就是一张图像，所有乘积都是卷积：一个位置记住什么，取决于它的邻居片刻之前的样子，因此能跟踪运动。它适合在空间和时间中变化的东西：雷达上的雨、交通、视频的帧。每一步都要等前一步，所以长视频很慢。',
    aliases: ['卷积长短期记忆', '视频', '临近预报'],
  },
  'time-to-batch': {
    title: '时间并入批次',
    description: '让每一步自成一个样本，使任何层都能处理它。',
    lesson:
      '多数层只认识一批样本，不认识时间。视频变成一批帧后，卷积、池化乃至整个模块就能用相同的权重处理每一帧。“批次还原时间”再把各帧放回原位，由循环层或注意力按顺序读取。',
    aliases: ['时间分布', '逐步', '逐帧'],
  },
  'batch-to-time': {
    title: '批次还原时间',
    description: '把对每一步得到的结果放回序列。',
    lesson:
      '“时间并入批次”的另一半：网络单独看过每一帧之后，它把结果重新按时间排开。它需要之前的序列，只为知道有多少步；序列的值并不读取。',
    aliases: ['时间分布', '逐步', '逐帧'],
  },
} as const satisfies Readonly<Record<string, KindTexts>>;
