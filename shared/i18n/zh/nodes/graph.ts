import type { KindTexts } from './kindTexts.ts';

/** Graph networks in Chinese. */
export const graphTexts = {
  gcn: {
    title: 'GCN',
    description: '把每个节点与其邻居取平均，再经全连接层。',
    lesson:
      '每个节点取自己和邻居特征的平均，加权使邻居多的节点不会淹没其他节点，再经过全连接层。两层使节点看到两步之远。更多层会使所有节点变得相似（过平滑），所以图网络都很浅。',
    aliases: ['图卷积', '图神经网络'],
  },
  'graph-sage': {
    title: 'GraphSAGE',
    description: '节点自身的特征与邻居的平均，各有自己的权重。',
    lesson:
      '把节点自身与邻居分开，使节点可以与周围不同：在相连的节点并不相似时，往往比 GCN 好。它不需要一次拿到整个图，也能用于训练时没有的节点。',
    aliases: ['图神经网络', '归纳学习'],
  },
  gat: {
    title: 'GAT',
    description: '每个节点决定从哪个邻居取多少。',
    lesson:
      '与 GCN 相似，但平均的权重由两端的特征算出，因此可以忽略无关的邻居。几个头寻找不同的东西。它只看谁与谁相连；边上的权重可以当作解释来读。',
    aliases: ['图注意力', '图神经网络'],
  },
  gin: {
    title: 'GIN',
    description: '对邻居求和，再经两个全连接层：能区分平均会混淆的图。',
    lesson:
      '邻居的平均无法计数：一个邻居和三个相同的邻居看起来一样。求和可以，其后再加 MLP，就能区分 Weisfeiler–Lehman 测试能区分的每一对图。要回答关于整个图的问题，选它，并用求和的读出。',
    aliases: ['图同构网络', '图神经网络'],
  },
  'edge-conditioned': {
    title: '边消息',
    description: '邻居说什么取决于两者之间的边。',
    lesson:
      '在分子中，键是单键还是双键很重要；在路网中，街道有多长很重要。消息由邻居和边共同产生，节点取其平均，并与自己已知的混合。',
    aliases: ['边特征', '消息传递', '图神经网络'],
  },
  'graph-readout': {
    title: '图读出',
    description: '把一个图的所有节点变成一行。',
    lesson:
      '图可以有任意多个节点、任意的顺序；描述它的东西不能取决于顺序。求和保留节点有多少，平均忘掉它，最大值保留最强的，注意力学习哪些节点重要。',
    aliases: ['图池化', '图神经网络'],
  },
  'link-decoder': {
    title: '链接解码器',
    description: '为节点对打分：它们相连的可能性有多大。',
    lesson:
      '应当相连的节点得到指向相同方向的行。用已知的链接和同样多的随机非链接对训练，它就能说出缺少哪些链接：推荐的好友、可能相互作用的蛋白质。',
    aliases: ['链接预测', '图神经网络'],
  },
} as const satisfies Readonly<Record<string, KindTexts>>;
