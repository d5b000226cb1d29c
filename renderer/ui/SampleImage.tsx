import { useEffect, useRef } from 'react';
import type { TensorValue } from '#shared/protocol/run.ts';

interface SampleImageProps {
  /** `[H, W, C]` or `[1, H, W, C]` with C 1 or 3, values 0 to 1. */
  readonly value: TensorValue;
  readonly className?: string;
  /** What the picture shows; decoration where absent. */
  readonly label?: string;
}

/** An image tensor, pixel for pixel; it is scaled without smoothing, so that what is seen is what is there. */
export function SampleImage({ value, className = '', label }: SampleImageProps) {
  const canvasRef = useRef<HTMLCanvasElement>(null);
  const [height = 1, width = 1, channels = 1] = value.shape.length === 4 ? value.shape.slice(1) : value.shape;
  useEffect(() => {
    const context = canvasRef.current?.getContext('2d');
    if (!context) return;
    const pixels = context.createImageData(width, height);
    for (let at = 0; at < width * height; at++) {
      for (let channel = 0; channel < 3; channel++) {
        pixels.data[at * 4 + channel] =
          (value.data[at * channels + Math.min(channel, channels - 1)] ?? 0) * 255;
      }
      pixels.data[at * 4 + 3] = 255;
    }
    context.putImageData(pixels, 0, 0);
  }, [value, width, height, channels]);
  return (
    <canvas
      ref={canvasRef}
      width={width}
      height={height}
      {...(label === undefined ? { 'aria-hidden': true } : { role: 'img', 'aria-label': label })}
      className={`block [image-rendering:pixelated] ${className}`}
    />
  );
}
