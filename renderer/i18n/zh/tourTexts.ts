import type { Translated } from '#shared/i18n/translated.ts';
import type { tourTexts as english } from '../tourTexts.ts';

/** Chinese texts of the tour (ICU messages). */
export const tourTexts: Translated<typeof english> = {
  tour: {
    offerTitle: '第一次使用？一分钟训练您的第一个网络',
    offerText: '在真实界面上的简短导览：选一个网络，改一个层，训练它，看看它学到了什么。',
    start: '开始导览',
    notNow: '以后再说',
    label: '导览，第 {number} 步，共 {count} 步。按 F6 可到这里。',
    count: '第 {number} 步，共 {count} 步',
    skip: '跳过导览',
    end: '结束导览',
    show: '带我过去',
    own: '自己搭一个',
    finish: '完成',
    result: '您的网络达到了：{metric} {value}。',
    steps: {
      template: {
        title: '选一个网络',
        text: '模板打开即可训练。请打开“双螺旋”：它学习区分两条曲线。',
      },
      select: {
        title: '选中一个层',
        text: '数据从左向右流动。请点击这张卡片：一层人工神经元（键盘：在卡片上按 Enter）。',
      },
      change: {
        title: '改一改',
        text: '检查器列出所有可以设置的内容。请更改单元数，例如改成 32，看连线上的形状随之变化。',
      },
      train: {
        title: '训练',
        text: '请按“训练”（Ctrl+Enter）。网络一遍遍地看这些点，每次都更好一些。',
      },
      watch: {
        title: '看它学习',
        text: '损失下降，准确率上升：既有它学习的点，也有留出的点。这需要几秒钟。',
      },
      evaluate: {
        title: '看看它的回答',
        text: '训练完成。请打开“评估”，看它如何判断从未见过的点。',
      },
      end: {
        title: '您训练出了一个网络',
        text: 'Ctrl+Z 可撤销任何编辑，Ctrl+K 可找到所有命令，“学习”标签页讲解每个节点。',
      },
    },
  },
};
