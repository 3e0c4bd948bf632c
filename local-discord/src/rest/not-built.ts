import type { Hono } from "hono";
import { notBuilt } from "../errors.ts";

/**
 * Paths that are not built, by what they are for. A path covers those below it, except routes that are built. A method in front
 * restricts it.
 */
const NOT_BUILT: Readonly<Record<string, readonly string[]>> = {
  activities: ["/applications/:application/activity-instances", "/applications/:application/attachment"],
  "announcement channels": ["/channels/:channel/followers", "/channels/:channel/messages/:id/crosspost"],
  "application emoji": ["/applications/:application/emojis"],
  "application identities": [
    "/applications/:application/users",
    "/applications/:application/application-identities",
    "/users/:user/application-identities",
  ],
  "applications by their ids": ["/applications/:application"],
  "auto moderation": ["/guilds/:guild/auto-moderation"],
  "creating and deleting guilds": ["POST /guilds", "DELETE /guilds/:guild"],
  "edits of the application": ["PATCH /applications/@me"],
  "emoji of guilds": ["/guilds/:guild/emojis"],
  "group direct messages": ["/channels/:channel/recipients"],
  "incident actions": ["/guilds/:guild/incident-actions"],
  integrations: ["/guilds/:guild/integrations"],
  invites: ["/channels/:channel/invites", "/guilds/:guild/invites", "/invites"],
  lobbies: ["/lobbies", "/partner-sdk"],
  "MFA levels": ["/guilds/:guild/mfa"],
  monetization: [
    "/applications/:application/entitlements",
    "/applications/:application/skus",
    "/users/@me/applications/:application/entitlements",
    "/skus",
  ],
  OAuth2: [
    "/oauth2",
    "/users/@me/connections",
    "/users/@me/guilds/:guild/member",
    "PUT /guilds/:guild/members/:user",
  ],
  onboarding: [
    "/guilds/:guild/onboarding",
    "/guilds/:guild/welcome-screen",
    "/guilds/:guild/new-member-welcome",
    "/guilds/:guild/member-verification",
    "/guilds/:guild/requests",
  ],
  "permissions of commands": [
    "/applications/:application/guilds/:guild/commands/permissions",
    "/applications/:application/guilds/:guild/commands/:command/permissions",
  ],
  polls: ["/channels/:channel/polls"],
  "previews of guilds": ["/guilds/:guild/preview"],
  pruning: ["/guilds/:guild/prune"],
  "role connections": [
    "/applications/:application/role-connections",
    "/users/@me/applications/:application/role-connection",
  ],
  "scheduled events": ["/guilds/:guild/scheduled-events"],
  search: ["/guilds/:guild/messages/search", "/channels/:channel/threads/search"],
  soundboard: [
    "/guilds/:guild/soundboard-sounds",
    "/channels/:channel/send-soundboard-sound",
    "/soundboard-default-sounds",
  ],
  "stage channels": ["/stage-instances"],
  stickers: ["/guilds/:guild/stickers", "/stickers", "/sticker-packs"],
  "templates of guilds": ["/guilds/templates", "/guilds/:guild/templates"],
  "the audit log": ["/guilds/:guild/audit-logs"],
  "vanity URLs": ["/guilds/:guild/vanity-url"],
  voice: [
    "/channels/:channel/voice-status",
    "/guilds/:guild/voice-states",
    "/guilds/:guild/regions",
    "/voice",
  ],
  "webhooks of channels": ["/channels/:channel/webhooks", "/guilds/:guild/webhooks", "/webhooks"],
  widgets: ["/guilds/:guild/widget", "/guilds/:guild/widget.json", "/guilds/:guild/widget.png"],
};

/** Refuses routes by the name of their feature. It comes after all routes that are built. */
export function notBuiltRoutes(api: Hono): void {
  for (const [feature, paths] of Object.entries(NOT_BUILT)) {
    const refuse = () => {
      throw notBuilt(feature);
    };
    for (const path of paths) {
      const [method, only] = path.split(" ");
      if (method !== undefined && only !== undefined) api.on(method, only, refuse);
      else api.all(path, refuse).all(`${path}/*`, refuse);
    }
  }
}
