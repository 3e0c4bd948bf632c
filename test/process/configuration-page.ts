import type { z } from "zod";
import { SECRETS } from "../../src/process/environment.ts";
import { configShapes } from "../../src/process/read-config.ts";
import { awsVariables, settings } from "../../src/process/settings.ts";

type Setting = keyof typeof settings;
type Variable = Setting | keyof typeof awsVariables;

/** The sections of the page, in the order in which people need them. */
export const SECTIONS: { title: string; text?: string; variables: readonly Variable[] }[] = [
  {
    title: "Start here",
    text: "Most installations set only these.",
    variables: ["DISCORD_TOKEN", "QUEUE_URL", "STORE_URL", "LABELER_SECRET", "AWS_REGION", "LOG_LEVEL"],
  },
  {
    title: "What people see",
    variables: [
      "PRIVACY_URL",
      "HOME_GUILD_ID",
      "HOTDOG_CHOOSE",
      "HOTDOG_SETTLE",
      "HOTDOG_UPLOADS",
      "LABEL_MIN_VIEW_MS",
    ],
  },
  {
    title: "Jobs",
    variables: ["WORKER_CONCURRENCY", "JOB_VISIBILITY_SECONDS", "JOB_RETRY_DELAY_MS", "REPLY_QUEUE_URL"],
  },
  {
    title: "AWS and other S3 servers",
    text: "The AWS SDK reads all variables whose name begins with `AWS_` by itself. These are the usual ones.",
    variables: ["AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY", "AWS_ENDPOINT_URL_S3", "S3_FORCE_PATH_STYLE"],
  },
  { title: "Health and metrics", variables: ["HEALTH_PORT", "HEALTH_HOST"] },
  {
    title: "Discord's addresses and the local Discord",
    variables: ["DISCORD_API", "DISCORD_CDN_ORIGINS", "PLAYGROUND_PORT"],
  },
];

const INTRODUCTION = `<!-- Generated from src/process/settings.ts by npm run docs:configuration: do not edit. -->

# Configuration

Every process and command reads its settings from the environment and from the file \`.env\` in the current folder
([.env.example](../.env.example) is a template); a variable of the environment wins. A blank value counts as not set. With nothing
set, \`npm start\` opens the local Discord. A process that finds mistakes lists all of them and does not start. It also warns
about names that look like misspelled settings.
`;

/** The text of docs/configuration.md. */
export function configurationPage(): string {
  const sections = SECTIONS.map(({ title, text, variables }) =>
    [`## ${title}`, ...(text === undefined ? [] : [text]), ...variables.map(entryOf)].join("\n\n"),
  );
  return `${[INTRODUCTION.trimEnd(), ...sections].join("\n\n")}\n`;
}

function entryOf(name: Variable): string {
  if (!isSetting(name)) return `### \`${name}\`\n\n${awsVariables[name]}`;
  const { description, default: words } = settings[name].meta() ?? {};
  if (description === undefined) throw new Error(`${name} has no description`);
  const facts = [
    `Default: ${typeof words === "string" ? words : formatDefault(defaultOf(name))}`,
    `Read by: ${readersOf(name).join(", ")}`,
    ...(SECRETS.has(name)
      ? [
          `\`${name}_FILE\` names a file that holds it instead, so that crash reports and \`docker inspect\` do not show it`,
        ]
      : []),
  ];
  return [`### \`${name}\``, description, facts.map((fact) => `- ${fact}`).join("\n")].join("\n\n");
}

function formatDefault(value: unknown): string {
  const text = String(value);
  return value === undefined ? "none" : `\`${text}\``;
}

function isSetting(name: string): name is Setting {
  return name in settings;
}

/** The schema's own default. */
export function defaultOf(name: Setting): unknown {
  const schema: z.ZodType = settings[name];
  return schema.safeParse(undefined).data;
}

function readersOf(name: Setting): string[] {
  return Object.entries(configShapes)
    .filter(([, { shape }]) => name in shape)
    .map(([script]) => (script === "start" ? "`npm start`" : `\`npm run ${script}\``));
}
