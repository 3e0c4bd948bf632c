import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { memoryFigures } from "./memory.ts";
import { startAndAsk, type Start } from "./newcomer.ts";
import { figureOf, type Figure } from "./report.ts";

const ROUNDS = 3;
const MIB = 1024 * 1024;

/**
 * `npm start`, the very command, with an empty folder and then with what it left there, until the page with all its scripts has been
 * served and the bot is connected, and until a `/stats` that is sent at that moment is answered; with the memory it takes then. And
 * what memory bot and worker take apart (memory.ts).
 */
export async function start(): Promise<Figure[]> {
  const firsts: Start[] = [];
  const seconds: Start[] = [];
  for (let round = 0; round < ROUNDS; round += 1) {
    await inFolder(async (folder) => {
      firsts.push(await startAndAsk(folder));
      seconds.push(await startAndAsk(folder));
    });
  }
  return [
    ...timesOf("first", firsts),
    ...timesOf("second", seconds),
    figureOf(
      "memory of npm start, idle",
      seconds.map(({ rss }) => rss / MIB),
      "MiB",
    ),
    ...(await inFolder(memoryFigures)),
  ];
}

function timesOf(which: string, starts: readonly Start[]): Figure[] {
  return [
    figureOf(
      `npm start, ${which}, to a usable page`,
      starts.map(({ usable }) => usable),
      "ms",
    ),
    figureOf(
      `npm start, ${which}, to a first answer`,
      starts.map(({ answered }) => answered),
      "ms",
    ),
  ];
}

async function inFolder<T>(act: (folder: string) => Promise<T>): Promise<T> {
  const folder = await mkdtemp(join(tmpdir(), "hotdog-start-"));
  try {
    return await act(folder);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
