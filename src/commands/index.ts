import type { Command } from "./command.ts";
import { hotdog } from "./hotdog.ts";
import { stats } from "./stats.ts";

export const commands: readonly Command[] = [stats, hotdog];
