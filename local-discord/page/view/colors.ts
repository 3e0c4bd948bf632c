const palette = [0x5865f2, 0x3ba55c, 0xeb459e, 0xed4245, 0xfaa61a, 0x9b59b6, 0x1abc9c, 0x607d8b];

/** Returns the user's accent color, or one derived from the id. */
export function colorOf({ id, accent_color }: { id: string; accent_color?: number | null }): number {
  return accent_color ?? palette[digitSum(id) % palette.length] ?? 0x5865f2;
}

export function hex(color: number): string {
  return `#${color.toString(16).padStart(6, "0")}`;
}

/** Returns black or white, whichever has more contrast with the color (relative luminance of WCAG 2). */
export function textColorOn(color: number): string {
  const [red = 0, green = 0, blue = 0] = [color >> 16, color >> 8, color].map((part) =>
    linear((part & 255) / 255),
  );
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue > 0.3 ? "#1a1a1e" : "#ffffff";
}

function linear(part: number): number {
  return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
}

function digitSum(id: string): number {
  return Array.from(id, Number).reduce((sum, digit) => sum + digit, 0);
}
