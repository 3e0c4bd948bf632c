#!/usr/bin/env node
import { existsSync } from "node:fs";
import process from "node:process";

const MIN_NODE_MAJOR = 24;

if (Number(process.version.slice(1).split(".")[0]) < MIN_NODE_MAJOR) {
  process.stderr.write(
    `local-discord needs Node ${MIN_NODE_MAJOR} or newer, and this is ${process.version}.\n`,
  );
  process.exitCode = 1;
} else {
  // In the repository, the sources run as they are. The published package has only what is built from them.
  const source = new URL("../src/main.ts", import.meta.url);
  await import(existsSync(source) ? source.href : "../dist/src/main.js");
}
