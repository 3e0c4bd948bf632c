import { GatewayCloseCodes, GatewayOpcodes } from "discord-api-types/v10";
import { botGuilds, type World } from "../state/world.ts";
import type { Connection, ConnectionListener } from "./connection.ts";
import { loginError, sendReady } from "./login.ts";
import type { Identification, PayloadFromBot, Resumption } from "./payload.ts";
import { TRACE } from "./payload.ts";
import { sendMembers } from "./request-members.ts";
import type { GatewaySession } from "./session.ts";
import type { Sessions } from "./sessions.ts";

const { AlreadyAuthenticated, AuthenticationFailed, InvalidSeq, NotAuthenticated, SessionTimedOut } =
  GatewayCloseCodes;
const { Identify, InvalidSession, RequestGuildMembers, RequestSoundboardSounds, Resume } = GatewayOpcodes;

/**
 * Gives a connection a new session (Identify) or an earlier one (Resume).
 * @see https://discord.com/developers/docs/events/gateway#connection-lifecycle
 */
export function handshake(
  connection: Connection,
  {
    world,
    sessions,
    ...options
  }: { world: World; sessions: Sessions; address: string; privilegedIntents: number },
): ConnectionListener {
  let begun: GatewaySession | undefined;
  /** The connection's session, unless it has ended or was resumed on another connection. */
  const session = () => (begun?.connection === connection ? begun : undefined);
  const refuse = (code: GatewayCloseCodes) => connection.close(code, GatewayCloseCodes[code]);

  function identify(d: Identification): void {
    if (d.token === world.botToken) connection.authenticated();
    const fault = loginError(d, { botToken: world.botToken, allowed: options.privilegedIntents });
    if (fault !== undefined) return refuse(fault);
    begun = sessions.start({ intents: d.intents, shard: d.shard, connection });
    sendReady(begun, world, options);
  }

  function resume({ token, session_id, seq }: Resumption): void {
    if (token !== world.botToken) return refuse(AuthenticationFailed);
    connection.authenticated();
    const found = sessions.find(session_id);
    found?.release();
    if (found && seq > found.sequence) return refuse(InvalidSeq);
    const missed = found?.after(seq);
    if (!found || !missed) return connection.send({ op: InvalidSession, d: false });
    begun = found;
    sessions.attach(found, connection);
    for (const event of missed) connection.send(event);
    found.dispatch("RESUMED", { _trace: TRACE });
  }

  return {
    receive(message: PayloadFromBot) {
      const logsIn = message.op === Identify || message.op === Resume;
      if (session() && logsIn) return refuse(AlreadyAuthenticated);
      if (message.op === Identify) return identify(message.d);
      if (message.op === Resume) return resume(message.d);
      const asking = session();
      if (!asking) return refuse(NotAuthenticated);
      if (message.op === RequestGuildMembers) sendMembers(asking, world, message.d);
      if (message.op !== RequestSoundboardSounds) return;
      for (const guild_id of message.d.guild_ids) {
        const known = botGuilds(world).some(({ id }) => id === guild_id);
        if (known) asking.dispatch("SOUNDBOARD_SOUNDS", { guild_id, soundboard_sounds: [] });
      }
    },
    silent() {
      const silent = session();
      if (silent) sessions.end(silent);
      refuse(SessionTimedOut);
    },
    closed(code) {
      const left = session();
      if (!left) return;
      if (code === 1000 || code === 1001) sessions.end(left);
      else sessions.detach(left);
    },
  };
}
