import type { OxlintConfig } from "oxlint";

/** Rules that hold here and in `infra`. */
export const base = {
  plugins: ["typescript", "unicorn", "oxc", "import", "promise", "vitest"],
  categories: { correctness: "error", suspicious: "error", perf: "error" },
  rules: {
    "no-console": "error",
    "no-restricted-globals": [
      "error",
      { name: "process", message: "Only the main.ts files read the environment." },
    ],
    "no-await-in-loop": "off",
    "no-shadow": "off",
    "import/no-unassigned-import": ["error", { allow: ["**/*.css"] }],
    "typescript/no-explicit-any": "error",
    "typescript/no-non-null-assertion": "error",
    "typescript/no-floating-promises": "error",
    "typescript/no-misused-promises": "error",
    "typescript/consistent-type-imports": "error",
    "typescript/switch-exhaustiveness-check": "error",
    "typescript/only-throw-error": "error",
    "typescript/prefer-nullish-coalescing": "error",
    "typescript/return-await": "off",
    eqeqeq: "error",
    "prefer-const": "error",
    "no-var": "error",
    "typescript/consistent-return": "off",
  },
} satisfies OxlintConfig;
