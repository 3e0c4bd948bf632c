import { z } from "zod";
import { startChild } from "../harness/child.ts";
import { figureList, type Figure } from "../harness/figures.ts";
import { badLabelerFigures } from "./bad-labelers.ts";
import { accuracyFigures, timeFigures } from "./models.ts";
import { publicSetFigures, readPublicSets } from "./public-sets.ts";
import { REPLAY_GOALS, settlingFigures } from "./settling.ts";

const pressFigures = z.object({ settling: figureList, priority: figureList });

/**
 * Measures how long the consensus takes and how accurate it is, and the presses that it needs compared with five answers per image:
 * when settled images get no more answers, and when rounds show images by labeling priority. All on simulated crowds.
 * @param options.data a real data set, or a folder of such sets: see `readPublicSets`
 */
export async function consensus({ data }: { data?: string | undefined } = {}): Promise<Figure[]> {
  const sets = data === undefined ? [] : await readPublicSets(data);
  const times = await timeFigures();
  // From here on nothing is timed, so both cores may work.
  await using child = startChild(new URL("./presses-process.ts", import.meta.url));
  const [simulated, accuracies] = await Promise.all([
    child.ask().then((message) => pressFigures.parse(message)),
    allAccuracies(),
  ]);
  return [
    ...times,
    ...accuracies,
    ...(await publicSetFigures(sets)),
    ...simulated.settling,
    ...sets.flatMap((set) => settlingFigures(set.name, () => set, REPLAY_GOALS)),
    ...simulated.priority,
  ];
}

async function allAccuracies(): Promise<Figure[]> {
  return [...(await accuracyFigures()), ...(await badLabelerFigures())];
}
