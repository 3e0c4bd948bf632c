import {
  ApplicationCommandCreateRequestSchema,
  ApplicationCommandPatchRequestPartialSchema,
  ApplicationCommandUpdateRequestSchema,
} from "discord-api-spec/zod";
import type { Context } from "hono";
import type { ZodMiniType } from "zod/mini";
import { z } from "zod/mini";
import { requestBody } from "./request-body.ts";
import { validate } from "./validate.ts";

/** The limit of the whole list that Discord applies first: 100 slash commands, 15 user and 15 message commands. */
const MAX_COMMANDS_IN_LIST = 130;

const list = z.array(ApplicationCommandUpdateRequestSchema).check(z.maxLength(MAX_COMMANDS_IN_LIST));

/** Discord's published schemas lack `nsfw`. */
const ageRestricted = z.object({ nsfw: z.nullish(z.boolean()) });

/** Reads the command of a POST request. */
export async function newCommand(c: Context) {
  const { json } = await requestBody(c);
  return readCommand(ApplicationCommandCreateRequestSchema, json);
}

/** Reads the changed fields of a PATCH request. */
export async function changedCommand(c: Context) {
  const { json } = await requestBody(c);
  return readCommand(ApplicationCommandPatchRequestPartialSchema, json);
}

/** Reads the commands of a PUT request. */
export async function commandList(c: Context) {
  const { json } = await requestBody(c);
  const bodies = validate(list, withNumbers(json));
  const restrictions = validate(z.array(ageRestricted), json);
  return bodies.map((body, index) => withRestriction(normalized(body), restrictions[index]));
}

function readCommand<T extends object>(schema: ZodMiniType<T>, json: unknown) {
  const body = validate(schema, withNumbers(json));
  return withRestriction(normalized(body), validate(ageRestricted, json));
}

function withRestriction<T extends object>(body: T, { nsfw }: z.infer<typeof ageRestricted> = {}) {
  return nsfw === undefined ? body : { ...body, nsfw: nsfw ?? false };
}

const digits = z.object({ default_member_permissions: z.string().check(z.regex(/^\d{1,16}$/)) });

/** Turns permissions into numbers: Discord documents and accepts strings of digits, but its published schemas want numbers. */
function withNumbers(json: unknown): unknown {
  if (Array.isArray(json)) return json.map(withNumbers);
  const { data } = digits.safeParse(json);
  if (data === undefined || typeof json !== "object") return json;
  return { ...json, default_member_permissions: Number(data.default_member_permissions) };
}

/** Writes file types in lower case, as Discord does. They may be in subcommands. */
function normalized<T>(body: T): T {
  return JSON.parse(JSON.stringify(body), (key, value: unknown) =>
    key === "file_types" && Array.isArray(value) ? value.map((type) => String(type).toLowerCase()) : value,
  );
}
