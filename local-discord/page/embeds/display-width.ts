interface Measures {
  width?: number | null;
  height?: number | null;
}

/**
 * Returns the style that scales an image down to fit `most` and keeps its shape; undefined if its size is unknown. The style
 * reserves the space before the image loads, so nothing moves.
 */
export function displayWidth(
  { width, height }: Measures,
  most: { width: number; height: number },
): { width: string } | undefined {
  if (!width || !height) return undefined;
  return { width: `${Math.round(Math.min(width, most.width, (most.height * width) / height))}px` };
}
