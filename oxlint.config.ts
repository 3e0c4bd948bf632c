import { defineConfig, type OxlintOverride } from "oxlint";
import { base } from "./oxlint.base.ts";

/**
 * Who may import whom in `src`: each folder, the folders and the packages it may import. Packages that no row names are free
 * for all but the pure folders. The main.ts files, `cli`, `process` and the open-….ts files put everything together.
 */
const LAYERS: Record<string, { folders: string[]; packages?: string[]; pure?: true }> = {
  bot: { folders: ["commands", "jobs", "platform", "queue", "texts"], packages: ["discord.js"] },
  commands: { folders: ["jobs", "labeling", "platform", "stats", "texts"], packages: ["discord.js"] },
  worker: {
    folders: ["export", "images", "jobs", "labeling", "platform", "project", "queue", "stats", "texts"],
    packages: ["@discordjs/*", "discord-api-types/*"],
  },
  project: { folders: ["append-log", "images", "labeling", "object-store", "platform"] },
  export: { folders: ["append-log", "labeling", "platform", "project"] },
  "append-log": { folders: ["object-store", "platform"] },
  "object-store": { folders: ["platform"], packages: ["@aws-sdk/client-s3"] },
  queue: { folders: ["jobs", "platform"], packages: ["@aws-sdk/client-sqs", "bullmq", "ioredis"] },
  jobs: { folders: ["labeling", "platform", "stats"] },
  images: { folders: ["labeling"] },
  labeling: { folders: [], packages: ["zod", "node:crypto"], pure: true },
  stats: { folders: ["platform"], packages: ["zod", "decimal.js"], pure: true },
  texts: { folders: ["labeling"], pure: true },
  platform: { folders: [], packages: ["@discordjs/*", "discord.js", "discord-api-types/*"] },
};

const FOLDERS = [...Object.keys(LAYERS), "cli", "process"];
const PACKAGES = Object.values(LAYERS).flatMap(({ packages = [], pure }) => (pure ? [] : packages));
const ADAPTERS = {
  queue: ["**/queue/memory.ts", "**/queue/sqs/**", "**/queue/bullmq/**"],
  "object-store": ["**/object-store/disk.ts", "**/object-store/s3/**"],
};

const NO_PROCESS = {
  group: ["node:process", "process"],
  message: "Only main.ts files read the environment.",
};
const EVERYWHERE = [
  { group: ["**/local-discord/**"], message: "src and the local Discord meet on the wire." },
  NO_PROCESS,
];
const IN_LAYERS = [
  ...EVERYWHERE,
  { group: ["**/main.ts", "**/open-{queue,store,worker}.ts"], message: "Only main.ts chooses adapters." },
  { group: ["prom-client"], message: "Only process/health keeps metrics; others call an observer." },
];

function restricted(patterns: { group: string[]; message: string }[]): NonNullable<OxlintOverride["rules"]> {
  return { "no-restricted-imports": ["error", { patterns }] };
}

function layer(folder: string): OxlintOverride {
  const { folders = [], packages = [], pure } = LAYERS[folder] ?? {};
  const may = `${folder} may import ${[...folders, ...packages].join(", ") || "nothing"}: see LAYERS in oxlint.config.ts.`;
  const others = FOLDERS.filter((other) => other !== folder && !folders.includes(other));
  const adapters = Object.entries(ADAPTERS).flatMap(([owner, group]) => (owner === folder ? [] : group));
  const foreign = PACKAGES.filter((name) => !packages.includes(name));
  // A pure folder may have subfolders, one level deep.
  const own = ["./*", "./*/*", "../*.ts"];
  const allowed = [...own, ...folders.flatMap((name) => [`../${name}/*`, `../../${name}/*`]), ...packages];
  const impure = ["*", ...allowed.map((path) => `!${path}`)];
  return {
    files: [`src/${folder}/**`],
    rules: restricted([
      ...IN_LAYERS,
      { group: [...others.map((other) => `**/${other}/**`), ...adapters, ...foreign], message: may },
      ...(pure ? [{ group: impure, message: `${may} It is pure: no input or output.` }] : []),
    ]),
  };
}

/** The local Discord is a separate package: one entry for each depth of its folders, from which `../` leads out of it. */
const LOCAL_DISCORD: OxlintOverride[] = [1, 2, 3].map((depth) => ({
  files: [`local-discord${"/*".repeat(depth)}.ts`],
  rules: restricted([
    { group: [`${"../".repeat(depth)}**`], message: "The local Discord imports nothing from outside." },
    NO_PROCESS,
  ]),
}));

export default defineConfig({
  ...base,
  overrides: [
    ...Object.keys(LAYERS).map(layer),
    {
      files: ["src/cli/**", "src/process/**", "src/*/open-{queue,store,worker}.ts"],
      rules: restricted(EVERYWHERE),
    },
    {
      files: ["**/main.ts", "bench/**/*-process.ts", "scripts/**", "**/vitest.config.ts", "oxlint.config.ts"],
      rules: { "no-restricted-globals": "off", "no-restricted-imports": "off" },
    },
    ...LOCAL_DISCORD,
    {
      // Whole programs. Their packages, and so the types, are not installed with those of the root.
      files: ["local-discord/libraries/bots/**"],
      rules: {
        "no-console": "off",
        "no-new": "off",
        "no-restricted-globals": "off",
        "oxc/no-map-spread": "off",
        "typescript/no-misused-promises": "off",
        "typescript/no-unsafe-enum-comparison": "off",
      },
    },
    {
      files: ["test/**", "local-discord/test/**", "peers/**"],
      rules: {
        "no-restricted-globals": "off",
        "typescript/no-unsafe-type-assertion": "off",
        "vitest/no-restricted-vi-methods": [
          "error",
          { mock: "Fake at the wire: arguments, not modules.", doMock: "Fake at the wire." },
        ],
        "unicorn/consistent-function-scoping": "off",
        "vitest/expect-expect": [
          "error",
          { assertFunctionNames: ["expect", "fc.assert", "expectExactly", "waitForText"] },
        ],
      },
    },
  ],
});
