/** Dots per pixel of the screen, as long as the picture stays within the limits of a canvas. */
const SCALE = 2;
const MAX_SIDE = 12_000;
const MAX_DOTS = 60_000_000;

async function drawn(svg: string): Promise<HTMLImageElement> {
  const image = new Image();
  const url = URL.createObjectURL(new Blob([svg], { type: 'image/svg+xml' }));
  try {
    image.src = url;
    await image.decode();
    return image;
  } finally {
    URL.revokeObjectURL(url);
  }
}

const number = (element: Element, name: string): number => Number(element.getAttribute(name) ?? 0);

/** The texts that are seen: no card that is drawn later lies over where they begin. */
function seenTexts(texts: readonly Element[], cards: readonly Element[]): Element[] {
  const order = new Map(cards.map((card, at) => [card, at]));
  const boxes = cards.map((card) => {
    const box = card.querySelector('rect') ?? card;
    const [left, top] = [number(box, 'x'), number(box, 'y')];
    return { left, top, right: left + number(box, 'width'), bottom: top + number(box, 'height') };
  });
  return texts.filter((text) => {
    const own = text.parentElement && order.get(text.parentElement);
    const [x, y] = [number(text, 'x'), number(text, 'y')];
    for (let at = (own ?? -1) + 1; at < boxes.length; at++) {
      const box = boxes[at];
      if (box && x > box.left && x < box.right && y > box.top && y < box.bottom) return false;
    }
    return true;
  });
}

/** Fetches the parts of the fonts that these texts are written with. */
async function loadFonts(texts: readonly Element[], fontOf: (text: Element) => string): Promise<void> {
  const letters = new Map<string, Set<string>>();
  for (const text of texts) {
    const font = fontOf(text);
    const known = letters.get(font) ?? new Set();
    letters.set(font, known);
    for (const letter of text.textContent ?? '') known.add(letter);
  }
  await Promise.all([...letters].map(([font, known]) => document.fonts.load(font, [...known].join(''))));
}

/**
 * Dots of a picture that `graphSvg` drew. Its texts are written with the fonts of this page: an image is ready before
 * the fonts in it are, and would have gaps where they belong.
 */
export async function svgToPng(svg: string): Promise<Blob> {
  const picture = new DOMParser().parseFromString(svg, 'image/svg+xml');
  const root = picture.documentElement;
  const [left = 0, top = 0, width = 1, height = 1] = (root.getAttribute('viewBox') ?? '')
    .split(' ')
    .map(Number);
  const family = root.getAttribute('font-family') ?? 'sans-serif';
  const texts = [...picture.querySelectorAll('text')];
  const cards = [...picture.querySelectorAll('svg > g[data-card]')];
  const written = seenTexts(texts, cards);
  const fontOf = (text: Element): string =>
    `${text.getAttribute('font-weight') ?? 400} ${number(text, 'font-size')}px ${text.getAttribute('font-family') ?? family}`;
  await loadFonts(written, fontOf);
  for (const part of [...texts, ...picture.querySelectorAll('metadata, style')]) part.remove();
  const image = await drawn(new XMLSerializer().serializeToString(picture));

  const scale = Math.min(SCALE, MAX_SIDE / width, MAX_SIDE / height, Math.sqrt(MAX_DOTS / (width * height)));
  const canvas = document.createElement('canvas');
  canvas.width = Math.max(1, Math.round(width * scale));
  canvas.height = Math.max(1, Math.round(height * scale));
  const context = canvas.getContext('2d');
  if (!context) throw new Error('canvas');
  context.drawImage(image, 0, 0, canvas.width, canvas.height);
  context.setTransform(scale, 0, 0, scale, -left * scale, -top * scale);
  for (const text of written) {
    context.font = fontOf(text);
    context.fillStyle = text.getAttribute('fill') ?? '';
    context.textAlign = text.getAttribute('text-anchor') === 'end' ? 'right' : 'left';
    context.fillText(text.textContent ?? '', number(text, 'x'), number(text, 'y'));
  }
  return await new Promise((resolve, reject) =>
    canvas.toBlob((blob) => (blob ? resolve(blob) : reject(new Error('toBlob'))), 'image/png'),
  );
}
