interface Measures {
  width?: number | null;
  height?: number | null;
}

/**
 * The style of a picture that keeps its shape: its own size, or as large as fits. It is known before the picture is
 * loaded, so nothing moves when it is. Nothing where the measures are unknown.
 */
export function displayWidth(
  { width, height }: Measures,
  most: { width: number; height: number },
): { width: string } | undefined {
  if (!width || !height) return undefined;
  return { width: `${Math.round(Math.min(width, most.width, (most.height * width) / height))}px` };
}
