/** Renders a chart and prints the hash of the picture. Runs as a child process, whose environment determines the installed fonts. */
import { createHash } from "node:crypto";
import type { Chart } from "../../../src/worker/progress/chart.ts";
import { renderChart } from "../../../src/worker/progress/chart-renderer.ts";

const chart = JSON.parse(process.argv[2] ?? "") as Chart;
process.stdout.write(
  createHash("sha256")
    .update(await renderChart(chart))
    .digest("hex"),
);
