import type { Command } from "./command.ts";
import { stats } from "./stats.ts";

export const commands: readonly Command[] = [stats];
