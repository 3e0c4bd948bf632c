/** Draws a chart, and tells the hash of the picture: in a process, whose environment says which fonts there are. */
import { createHash } from "node:crypto";
import type { Chart } from "../../../src/worker/progress/chart/chart.ts";
import { draw } from "../../../src/worker/progress/chart/draw.ts";

const chart = JSON.parse(process.argv[2] ?? "") as Chart;
process.stdout.write(
  createHash("sha256")
    .update(await draw(chart))
    .digest("hex"),
);
