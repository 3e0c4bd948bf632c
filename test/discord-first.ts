/**
 * Loads discord.js before a test can call `fetch`, as the product's processes do. The HTTP client that is loaded first serves the
 * other one, too, and with Node's own a form whose connection breaks off half-way ends in an unhandled rejection
 * ("ReadableStream is already closed").
 */
await import("discord.js");
