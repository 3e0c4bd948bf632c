const SAMPLE = /^([a-zA-Z_:][a-zA-Z0-9_:]*(?:\{[^{}]*\})?) (-?[0-9.e+-]+|NaN|[+-]Inf)$/i;

/**
 * Parses metrics into values by name and labels, as they are written.
 * @see https://prometheus.io/docs/instrumenting/exposition_formats/#text-based-format
 */
export function samplesOf(text: string): Map<string, number> {
  const lines = text.split("\n").filter((line) => line !== "" && !/^# (?:HELP|TYPE) /.test(line));
  return new Map(
    lines.map((line) => {
      const [, name, value] = SAMPLE.exec(line) ?? [];
      if (name === undefined) throw new Error(`not a sample: ${line}`);
      return [name, Number(value)];
    }),
  );
}
