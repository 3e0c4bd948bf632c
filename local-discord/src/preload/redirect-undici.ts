import { localPath } from "./addresses.ts";

/** Sends requests: the part of undici's Dispatcher that is used here. */
interface Dispatcher {
  dispatch(options: DispatchOptions, handler: unknown): boolean;
}

interface DispatchOptions {
  origin?: string | URL;
  path: string;
}

/**
 * Where all copies of undici keep the dispatcher of requests that name none: that of Node, which `fetch` and `WebSocket` use, and
 * those from npm, which discord.js and others use.
 * @see https://github.com/nodejs/undici/blob/main/lib/global.js
 */
const GLOBAL_DISPATCHER = Symbol.for("undici.globalDispatcher.1");

/**
 * Sends what `fetch`, `WebSocket` and undici send to Discord to this origin instead.
 * @param globals `globalThis`
 */
export function redirectUndici(globals: typeof globalThis, origin: string): void {
  // Loads Node's undici, which creates the dispatcher. Copies that are loaded later use it too.
  if (!("Request" in globals && globals.Request)) return;
  const before: unknown = Reflect.get(globals, GLOBAL_DISPATCHER);
  if (isDispatcher(before)) Reflect.set(globals, GLOBAL_DISPATCHER, redirecting(before, origin));
}

function isDispatcher(value: unknown): value is Dispatcher {
  return typeof value === "object" && value !== null && "dispatch" in value;
}

function redirecting(dispatcher: Dispatcher, origin: string): Dispatcher {
  const dispatch: Dispatcher["dispatch"] = (options, handler) =>
    dispatcher.dispatch(redirected(options, origin), handler);
  return new Proxy(dispatcher, {
    get(target, key) {
      if (key === "dispatch") return dispatch;
      const value: unknown = Reflect.get(target, key, target);
      return typeof value === "function" ? value.bind(target) : value;
    },
  });
}

function redirected(options: DispatchOptions, origin: string): DispatchOptions {
  const host = URL.parse(String(options.origin))?.hostname ?? "";
  const path = localPath(host, options.path);
  return path === undefined ? options : { ...options, origin, path };
}
