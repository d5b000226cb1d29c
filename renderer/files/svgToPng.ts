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

/** Whether a card that is drawn later lies over the place where a text begins. */
function isCovered(text: Element, cards: readonly Element[]): boolean {
  const own = text.parentElement;
  const later = own ? cards.slice(cards.indexOf(own) + 1) : [];
  const [x, y] = [number(text, 'x'), number(text, 'y')];
  return later.some((card) => {
    const box = card.querySelector('rect');
    if (!box) return false;
    const [left, top] = [number(box, 'x'), number(box, 'y')];
    return x > left && x < left + number(box, 'width') && y > top && y < top + number(box, 'height');
  });
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
  const written = texts.filter((text) => !isCovered(text, cards));
  const fontOf = (text: Element): string =>
    `${text.getAttribute('font-weight') ?? 400} ${number(text, 'font-size')}px ${text.getAttribute('font-family') ?? family}`;
  await Promise.all(written.map((text) => document.fonts.load(fontOf(text), text.textContent ?? '')));
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
