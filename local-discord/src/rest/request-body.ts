import { z } from "zod";
import type { Upload } from "../messages/upload.ts";
import { readJson } from "../parse-json.ts";
import { invalidJson, unreadableForm } from "../errors.ts";

export interface RequestBody {
  json: unknown;
  files: Upload[];
}

/** What a body is read from: the request of a Hono context. */
export interface BodySource {
  header(name: string): string | undefined;
  text(): Promise<string>;
  formData(): Promise<FormData>;
}

/**
 * Reads a body of JSON, or a form with `payload_json` and `files[n]`.
 * @throws DiscordError with status 400
 * @see https://discord.com/developers/docs/reference#uploading-files
 */
export async function requestBody({ req }: { req: BodySource }): Promise<RequestBody> {
  if (!req.header("content-type")?.startsWith("multipart/form-data")) {
    return { json: withTextIds(parseBody(await req.text())), files: [] };
  }
  const form = await req.formData().catch(() => {
    throw unreadableForm();
  });
  const payload = form.get("payload_json");
  return {
    json: withTextIds(typeof payload === "string" ? parseBody(payload) : plainFields(form)),
    files: await uploads(form),
  };
}

/** Returns the message of a form without `payload_json`, whose content is a field of the form. */
function plainFields(form: FormData): object {
  const content = form.get("content");
  return typeof content === "string" ? { content } : {};
}

function parseBody(text: string): unknown {
  if (text === "") return {};
  try {
    return readJson(text);
  } catch {
    throw invalidJson();
  }
}

async function uploads(form: FormData): Promise<Upload[]> {
  const files: Upload[] = [];
  for (const [field, value] of form) {
    const index = /^files\[(\d+)\]$/.exec(field)?.[1];
    if (index === undefined || typeof value === "string") continue;
    files.push({ index, name: value.name, bytes: await value.bytes() });
  }
  return files;
}

const textId = z.preprocess((id) => (typeof id === "number" ? String(id) : id), z.unknown());
const bodyWithAttachments = z.looseObject({ attachments: z.array(z.looseObject({ id: textId })) });
const callbackWithAttachments = z.looseObject({ data: bodyWithAttachments });
const postWithAttachments = z.looseObject({ message: bodyWithAttachments });

/** Turns attachment ids into strings: Discord accepts numbers too, but its published schemas want strings. */
function withTextIds(json: unknown): unknown {
  const schemas = [bodyWithAttachments, callbackWithAttachments, postWithAttachments];
  for (const schema of schemas) {
    const { data } = schema.safeParse(json);
    if (data) return data;
  }
  return json;
}
