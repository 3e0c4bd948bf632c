/**
 * Loads discord.js before a test can call `fetch`, as the bot's processes do. The HTTP client that is loaded first serves both,
 * and with Node's own, a form upload whose connection breaks ends in an unhandled rejection ("ReadableStream is already closed").
 */
await import("discord.js");
