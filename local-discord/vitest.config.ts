import { defineConfig } from "vitest/config";
import { testOptions } from "./test/test-kinds.ts";

export default defineConfig({ test: testOptions("test") });
