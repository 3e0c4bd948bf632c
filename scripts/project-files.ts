import { readdirSync } from "node:fs";
import { join, relative, sep } from "node:path";

/** Folders of generated or private files, wherever they are; .gitignore has them too. */
const SKIPPED = new Set([".git", "node_modules", "cdk.out", "data", "dist", "exports", "pictures"]);

/** Lists the files of the project, as paths with slashes, relative to the root. Needs no Git, which not every machine has. */
export function projectFiles(root: string, folder = root): string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) return SKIPPED.has(entry.name) ? [] : projectFiles(root, path);
    return entry.isFile() && entry.name !== ".env" ? [relative(root, path).split(sep).join("/")] : [];
  });
}
