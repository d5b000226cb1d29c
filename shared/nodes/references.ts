/** Works that several nodes refer to. */
export const references = {
  deepLearningBook: {
    title: 'Goodfellow, Bengio and Courville 2016: Deep Learning',
    url: 'https://www.deeplearningbook.org',
  },
  broadcasting: {
    title: 'NumPy: Broadcasting',
    url: 'https://numpy.org/doc/stable/user/basics.broadcasting.html',
  },
  convolutionArithmetic: {
    title: 'Dumoulin and Visin 2016: A guide to convolution arithmetic for deep learning',
    url: 'https://arxiv.org/abs/1603.07285',
  },
  bishop: {
    title: 'Bishop 2006: Pattern Recognition and Machine Learning',
    url: 'https://www.microsoft.com/en-us/research/publication/pattern-recognition-machine-learning/',
  },
} as const;
