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
 * those from npm, which discord.js and others use. The second one is that of undici 8, which also replaces the first one.
 * @see https://github.com/nodejs/undici/blob/main/lib/global.js
 */
const GLOBAL_DISPATCHERS = ["undici.globalDispatcher.1", "undici.globalDispatcher.2"].map((name) =>
  Symbol.for(name),
);

/**
 * Sends what `fetch`, `WebSocket` and undici send to Discord to this origin instead.
 * @param globals `globalThis`
 */
export function redirectUndici(globals: typeof globalThis, origin: string): void {
  // Loads Node's undici, which creates the dispatcher. Copies that are loaded later use it too.
  if (!("Request" in globals && globals.Request)) return;
  const ours = new WeakSet<object>();
  function redirectAll(): void {
    for (const symbol of GLOBAL_DISPATCHERS) {
      const before: unknown = Reflect.get(globals, symbol);
      if (!isDispatcher(before) || ours.has(before)) continue;
      const after = redirecting(before, origin);
      ours.add(after);
      Reflect.set(globals, symbol, after);
    }
  }
  redirectAll();
  for (const symbol of GLOBAL_DISPATCHERS) {
    if (Reflect.has(globals, symbol)) continue;
    // A copy that is loaded later looks for its dispatcher here, and in the same turn replaces this property with its own one.
    Object.defineProperty(globals, symbol, {
      configurable: true,
      get() {
        queueMicrotask(redirectAll);
      },
    });
  }
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
  const from = String(options.origin);
  // Not URL.parse, which the older Node of a bot may lack.
  const path = URL.canParse(from) ? localPath(new URL(from).hostname, options.path) : undefined;
  return path === undefined ? options : { ...options, origin, path };
}
