import { randomBytes } from "node:crypto";
import { GatewayCloseCodes, GatewayOpcodes } from "discord-api-types/v10";
import type { WebSocket } from "ws";
import { z } from "zod";
import type { World } from "../state/world.ts";
import { guildCreate } from "../state/guild.ts";

const heartbeatInterval = 41_250;

const payload = z.discriminatedUnion("op", [
  z.object({ op: z.literal(GatewayOpcodes.Heartbeat) }),
  z.object({
    op: z.literal(GatewayOpcodes.Identify),
    d: z.object({
      token: z.string(),
      intents: z.number(),
      shard: z.tuple([z.number(), z.number()]).optional(),
    }),
  }),
  z.object({ op: z.literal(GatewayOpcodes.Resume) }),
  z.object({ op: z.literal(GatewayOpcodes.PresenceUpdate) }),
]);
type Identify = Extract<z.infer<typeof payload>, { op: GatewayOpcodes.Identify }>["d"];

export interface Session {
  intents: number;
  dispatch(t: string, d: unknown): void;
}

/**
 * Speaks the gateway's side of one connection and calls `identified` once a bot has logged in on it.
 * https://discord.com/developers/docs/events/gateway#connection-lifecycle
 */
export function acceptConnection(
  socket: WebSocket,
  { world, gateway, identified }: { world: World; gateway: string; identified: (session: Session) => void },
): void {
  let session: Session | undefined;
  const send = (op: GatewayOpcodes, d: unknown) => socket.send(JSON.stringify({ op, d, s: null, t: null }));

  function identify(d: Identify): void {
    if (session) return socket.close(GatewayCloseCodes.AlreadyAuthenticated, "Already authenticated.");
    if (d.token !== world.botToken) {
      return socket.close(GatewayCloseCodes.AuthenticationFailed, "Authentication failed.");
    }
    session = openSession(socket, d.intents);
    session.dispatch("READY", ready(world, gateway, d.shard ?? [0, 1]));
    for (const guild of world.guilds) session.dispatch("GUILD_CREATE", guildCreate(world, guild));
    identified(session);
  }
  socket.on("message", (data: Buffer) => {
    const message = parse(data.toString());
    if (!message) return socket.close(GatewayCloseCodes.DecodeError, "Error while decoding payload.");
    if (message.op === GatewayOpcodes.Heartbeat) send(GatewayOpcodes.HeartbeatAck, null);
    if (message.op === GatewayOpcodes.Identify) identify(message.d);
    // No session is resumed yet: `false` tells the client to identify anew.
    if (message.op === GatewayOpcodes.Resume) send(GatewayOpcodes.InvalidSession, false);
    if (message.op === GatewayOpcodes.PresenceUpdate && !session) {
      socket.close(GatewayCloseCodes.NotAuthenticated, "Not authenticated.");
    }
  });
  send(GatewayOpcodes.Hello, { heartbeat_interval: heartbeatInterval });
}

function openSession(socket: WebSocket, intents: number): Session {
  let sequence = 0;
  return {
    intents,
    dispatch: (t, d) => socket.send(JSON.stringify({ op: GatewayOpcodes.Dispatch, t, s: ++sequence, d })),
  };
}

function parse(text: string): z.infer<typeof payload> | undefined {
  try {
    return payload.safeParse(JSON.parse(text)).data;
  } catch {
    return undefined;
  }
}

function ready(world: World, gateway: string, shard: [number, number]) {
  return {
    v: 10,
    user: world.bot,
    guilds: world.guilds.map(({ id }) => ({ id, unavailable: true })),
    session_id: randomBytes(16).toString("hex"),
    resume_gateway_url: gateway,
    shard,
    application: { id: world.applicationId, flags: 0 },
  };
}
