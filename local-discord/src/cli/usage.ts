export const USAGE = `Usage: local-discord [options]
       local-discord run [options] -- COMMAND [ARGUMENT ...]

Runs the local Discord on 127.0.0.1 until you stop it (Ctrl+C), and prints the settings with which a bot connects to it.

"run" also starts a bot, with its token in DISCORD_TOKEN and its public key in DISCORD_PUBLIC_KEY, and ends with it. Whatever the bot's Node processes send to discord.com,
with discord.js, fetch, https, undici or a WebSocket, goes to the local Discord, so the bot needs no change:

  local-discord run --intents all -- node bot.js

Options:
  --port NUMBER      port; 0 lets the system choose (default: PLAYGROUND_PORT from the environment or from .env, else 8080;
                     with "run" 0)
  --folder FOLDER    keeps messages, files, commands and ids there (default: in memory)
  --world FILE       JSON file that describes the bot, the people and the guilds
  --token TOKEN      token of the bot (default: that of the world or folder, or a random one)
  --intents LIST     privileged intents that the bot may use: all, or names separated by commas
                     (GuildMembers, GuildPresences, MessageContent; default: none)
  --interactions-url URL
                     sends interactions there by HTTP instead of the gateway, as soon as the bot answers a PING there
  --no-rate-limits   answers every API request at once
  --env NAME=VALUE   with "run", sets a variable of the bot. The values token, public-key, application, guild and channel stand
                     for the bot's token and public key, and for the ids of the application, the first guild and its first channel.
                     Repeatable
  --version          version of local-discord
  --help             this text
`;
