import { defineConfig } from "oxlint";
import { base } from "../oxlint.base.ts";

export default defineConfig({
  ...base,
  rules: { ...base.rules, "no-new": "off" },
  overrides: [
    { files: ["src/main.ts", "src/*/main.ts", "test/**"], rules: { "no-restricted-globals": "off" } },
    {
      files: ["test/**"],
      rules: { "typescript/no-unsafe-type-assertion": "off", "unicorn/consistent-function-scoping": "off" },
    },
  ],
});
