import type { ReadyBlockTexts } from '../readyBlockTexts.ts';

/** The Chinese of the blocks that come with the app. */
export const readyBlockTexts: ReadyBlockTexts = {
  blocks: {
    residual: { title: '残差块', description: '两次卷积，结果与输入相加，因此加深也无害。' },
    bottleneck: { title: '瓶颈块', description: '残差块：卷积之前缩减通道，之后再加宽。' },
    inception: { title: 'Inception 模块', description: '多种大小的卷积并列，通道拼接在一起。' },
    'dense-block-layer': { title: '稠密块的层', description: '找出若干通道，放在所得通道旁边。' },
    'dense-block': { title: '稠密块', description: '成排的层，每一层都能看到之前各层找到的东西。' },
    'squeeze-excite': { title: '压缩与激励', description: '根据整幅图像的内容给各通道加权。' },
    'unet-down': { title: 'U-Net 下行', description: '两次卷积，结果横向交给上行路径，图像缩小一半。' },
    'unet-up': { title: 'U-Net 上行', description: '图像放大一倍，与横向传来的拼接，再经两次卷积。' },
    'transformer-encoder': {
      title: 'Transformer 编码器',
      description: '先注意力，再前馈，每一步都与其输入相加。',
    },
    'transformer-decoder': { title: 'Transformer 解码器', description: '先看自己写下的，再看编码器读到的。' },
    'feed-forward': { title: '前馈', description: '把每个位置加宽，经 GELU 弯曲，再收窄。' },
    swiglu: { title: 'SwiGLU 前馈', description: '一半经 SiLU 决定另一半通过多少的前馈。' },
    'time-distributed': {
      title: '逐帧处理',
      description: '对影片的每一帧做同样的事：打开它，把自己的层放到两端之间。',
    },
    'gan-generator': { title: 'GAN 生成器', description: '把噪声变成图像。' },
    'gan-discriminator': { title: 'GAN 判别器', description: '给图像的真实程度打分。' },
  },
  titles: {
    Narrow: '收窄',
    Widen: '加宽',
    Squeeze: '压缩',
    Excite: '激励',
    Weigh: '加权',
    Score: '得分',
    Gate: '门控',
    Pass: '放行',
    'Own attention': '自注意力',
    'Cross-attention': '交叉注意力',
  },
  ports: { memory: '记忆', across: '横向' },
};
