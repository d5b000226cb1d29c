/** English texts of the tour (ICU messages). */
export const tourTexts = {
  tour: {
    offerTitle: 'New here? Train your first network in a minute',
    offerText:
      'A short tour on the real thing: pick a network, change a layer, train it, look at what it learnt.',
    start: 'Take the tour',
    notNow: 'Not now',
    label: 'Tour, step {number} of {count}. F6 leads here.',
    count: 'Step {number} of {count}',
    skip: 'Skip the tour',
    end: 'End the tour',
    show: 'Take me there',
    own: 'Build one of my own',
    finish: 'Finish',
    result: 'Your network reached: {metric} {value}.',
    steps: {
      template: {
        title: 'Pick a network',
        text: 'Templates are ready to train. Open “Two spirals”: it learns to tell two curves apart.',
      },
      select: {
        title: 'Select a layer',
        text: 'Data flows from left to right. Click this card: a layer of artificial neurons (keyboard: Enter on the card).',
      },
      change: {
        title: 'Change it',
        text: 'The inspector shows all that can be set. Change the number of units, to 32 for example, and see the shapes on the wires follow.',
      },
      train: {
        title: 'Train',
        text: 'Press Train (Ctrl+Enter). The network sees the points over and over and gets better each time.',
      },
      watch: {
        title: 'Watch it learn',
        text: 'The loss falls and the accuracy rises, on the points it learns from and on points held back. This takes some seconds.',
      },
      evaluate: {
        title: 'Look at its answers',
        text: 'It is trained. Open Evaluate to see what it says of points that it has never seen.',
      },
      end: {
        title: 'You have trained a network',
        text: 'Ctrl+Z takes back any edit, Ctrl+K finds every command, and the Learn tab explains each node.',
      },
    },
  },
} as const;
