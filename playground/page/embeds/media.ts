import type { APIMessage } from "discord-api-types/v10";
import { safeAddress } from "../view/safe-address.ts";

const scheme = "attachment://";

/** Where a picture is: `attachment://name` means a file of the same message. */
export function mediaAddress(url: string, message: APIMessage): string | undefined {
  if (!url.startsWith(scheme)) return safeAddress(url);
  const name = url.slice(scheme.length);
  return safeAddress(message.attachments.find(({ filename }) => filename === name)?.url);
}
