import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { startMemoryTest } from "./memory.ts";
import { startAndAsk, type Start } from "./npm-start.ts";
import { medianFigure, type Figure } from "../harness/figures.ts";

const ROUNDS = 3;
const MIB = 1024 * 1024;

/**
 * Measures the real `npm start`, first in an empty folder and then in the folder it has left: the time until the page with all its
 * scripts is served and the bot is connected, and until a `/stats` sent at that moment is answered. Also measures its memory, and that
 * of separate bot and worker processes (memory.ts), which meanwhile become idle.
 */
export async function start(): Promise<Figure[]> {
  return await withFolder(async (folder) => {
    await using disposables = new AsyncDisposableStack();
    const memoryFigures = await startMemoryTest(disposables, folder);
    return [...(await startFigures()), ...(await memoryFigures())];
  });
}

async function startFigures(): Promise<Figure[]> {
  const firsts: Start[] = [];
  const seconds: Start[] = [];
  for (let round = 0; round < ROUNDS; round += 1) {
    await withFolder(async (folder) => {
      firsts.push(await startAndAsk(folder));
      seconds.push(await startAndAsk(folder));
    });
  }
  return [
    ...timesOf("first run", firsts),
    ...timesOf("second run", seconds),
    medianFigure(
      "memory of npm start, idle",
      seconds.map(({ rss }) => rss / MIB),
      "MiB",
    ),
  ];
}

function timesOf(run: string, starts: readonly Start[]): Figure[] {
  return [
    medianFigure(
      `npm start, ${run}, to a usable page`,
      starts.map(({ usable }) => usable),
      "ms",
    ),
    medianFigure(
      `npm start, ${run}, to the first answer`,
      starts.map(({ answered }) => answered),
      "ms",
    ),
  ];
}

async function withFolder<T>(act: (folder: string) => Promise<T>): Promise<T> {
  const folder = await mkdtemp(join(tmpdir(), "hotdog-start-"));
  try {
    return await act(folder);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
