#!/usr/bin/env node
import { existsSync } from "node:fs";

// In the repository, the sources run as they are. The published package has only what is built from them.
const source = new URL("../src/main.ts", import.meta.url);
await import(existsSync(source) ? source.href : "../dist/src/main.js");
