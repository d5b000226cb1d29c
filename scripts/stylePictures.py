"""Makes data/style-pictures.bin.gz: `python3 scripts/stylePictures.py` with numpy, Pillow and scikit-image.

The content is a square of scikit-image's photograph "Chelsea the cat" (Stefan van der Walt, CC0). The style
is painted here, from a seed: 9,000 short strokes along five whirls, light at their middles, drawn large and
scaled down.
"""

import gzip
from pathlib import Path

import numpy as np
from PIL import Image, ImageDraw
from skimage import data

SIZE = 128
LARGE = 768
# Middle, reach and sense of each whirl, in pictures.
WHIRLS = [(0.3, 0.32, 0.16, 1), (0.72, 0.22, 0.1, -1), (0.62, 0.55, 0.13, 1), (0.18, 0.7, 0.09, -1), (0.85, 0.75, 0.12, 1)]
NIGHT = np.array([[18, 30, 84], [28, 52, 122], [44, 84, 160], [76, 124, 190], [130, 170, 208], [22, 66, 96]])
LIGHT = np.array([[250, 214, 88], [255, 236, 160], [240, 170, 60], [255, 248, 214]])


def flow(x, y):
    """Direction of the strokes at a place."""
    right, down = 1.0, 0.25 * np.sin(6 * x)
    for middle_x, middle_y, reach, sense in WHIRLS:
        dx, dy = x - middle_x, y - middle_y
        pull = 3 * np.exp(-(dx * dx + dy * dy) / (2 * reach * reach))
        distance = np.hypot(dx, dy) + 1e-6
        right -= sense * pull * dy / distance
        down += sense * pull * dx / distance
    length = np.hypot(right, down) + 1e-9
    return right / length, down / length


def paint(seed=7, strokes=9000):
    random = np.random.default_rng(seed)
    picture = Image.new("RGB", (LARGE, LARGE), (16, 26, 70))
    draw = ImageDraw.Draw(picture)
    for stroke in range(strokes):
        x, y = random.uniform(-0.05, 1.05, 2)
        glow = max(np.exp(-((x - a) ** 2 + (y - b) ** 2) / (2 * (r * 0.42) ** 2)) for a, b, r, _ in WHIRLS)
        ring = max(np.exp(-(((np.hypot(x - a, y - b) - r * 1.25) / (r * 0.18)) ** 2)) for a, b, r, _ in WHIRLS)
        light = random.uniform() < min(1, glow * 1.2 + 0.35 * ring)
        palette = LIGHT if light else NIGHT
        colour = palette[random.integers(len(palette))]
        colour = np.clip(colour + random.normal(0, 9, 3), 0, 255).astype(int)
        points = [(x * LARGE, y * LARGE)]
        for _ in range(6):
            right, down = flow(x, y)
            x, y = x + right * 0.011, y + down * 0.011
            points.append((x * LARGE, y * LARGE))
        width = int(LARGE * (0.007 + 0.012 * (1 - stroke / strokes)))
        draw.line(points, fill=tuple(int(part) for part in colour), width=width, joint="curve")
    return picture.resize((SIZE, SIZE), Image.LANCZOS)


def photograph():
    cat = Image.fromarray(data.chelsea())
    height = cat.size[1]
    return cat.crop((60, 0, 60 + height, height)).resize((SIZE, SIZE), Image.LANCZOS)


if __name__ == "__main__":
    pixels = b"".join(np.asarray(picture, np.uint8).tobytes() for picture in (photograph(), paint()))
    target = Path(__file__).parent.parent / "data" / "style-pictures.bin.gz"
    target.write_bytes(gzip.compress(pixels, 9, mtime=0))
