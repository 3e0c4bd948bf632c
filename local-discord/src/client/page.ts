import { readFile } from "node:fs/promises";
import { stripTypeScriptTypes } from "node:module";
import { extname } from "node:path";
import { fileURLToPath } from "node:url";
import type { Context, Hono } from "hono";

const folder = new URL("../../page/", import.meta.url);

const types: Record<string, string> = {
  ".html": "text/html; charset=utf-8",
  ".css": "text/css; charset=utf-8",
  ".svg": "image/svg+xml",
  ".ts": "text/javascript; charset=utf-8",
  ".js": "text/javascript; charset=utf-8",
};

/** npm packages that the page's import map names, by their path below /vendor/. */
const vendor = new Map([
  ["preact.js", "preact"],
  ["preact/hooks.js", "preact/hooks"],
  ["htm.js", "htm"],
  ["htm/preact.js", "htm/preact"],
]);

/** Serves the page: in the repository its sources with types stripped, in the published package what was built from them. */
export function pageRoutes(app: Hono): void {
  app.get("/", (c) => serve(c, new URL("index.html", folder)));
  app.get("/page/*", (c) => {
    // The URL parser resolves "..", so the path cannot lead out of the folder.
    const file = new URL(`.${new URL(c.req.url).pathname.slice("/page".length)}`, folder);
    return file.href.startsWith(folder.href) && !/%2f|%5c/i.test(file.href) ? serve(c, file) : c.notFound();
  });
  app.get("/vendor/*", (c) => {
    const specifier = vendor.get(c.req.path.slice("/vendor/".length));
    return specifier ? serve(c, new URL(import.meta.resolve(specifier)), types[".js"]) : c.notFound();
  });
}

async function serve(c: Context, file: URL, type = types[extname(file.pathname)]): Promise<Response> {
  const source =
    type === undefined ? undefined : await readFile(fileURLToPath(file), "utf8").catch(() => undefined);
  if (type === undefined || source === undefined) return c.notFound();
  const text = file.pathname.endsWith(".ts") ? stripQuietly(source) : source;
  return c.body(text, 200, {
    "content-type": type,
    "cache-control": "no-cache",
    // Prevents clickjacking by a page that shows this one in a frame.
    "content-security-policy": "frame-ancestors 'none'",
  });
}

/** Strips the types without Node's warning that the function is experimental. */
function stripQuietly(source: string): string {
  // oxlint-disable-next-line no-restricted-globals -- does not read the environment
  const node = process;
  const warn = node.emitWarning.bind(node);
  node.emitWarning = () => {};
  try {
    return stripTypeScriptTypes(source);
  } finally {
    node.emitWarning = warn;
  }
}
