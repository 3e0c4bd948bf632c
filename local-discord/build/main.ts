// Builds what the published package has in dist/: JavaScript and type declarations of the server, and the page. npm runs this
// before it packs, because Node does not strip types of packages. In the repository, nothing uses dist/.
import { execFileSync } from "node:child_process";
import { cpSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { extname, join } from "node:path";
import { fileURLToPath } from "node:url";

const root = join(import.meta.dirname, "..");
const dist = join(root, "dist");
const tsc = join(fileURLToPath(import.meta.resolve("typescript/package.json")), "../bin/tsc");

rmSync(dist, { recursive: true, force: true });
for (const project of ["tsconfig.server.json", "tsconfig.page.json"]) {
  execFileSync(process.execPath, [tsc, "--project", join(import.meta.dirname, project)], {
    stdio: "inherit",
  });
}
// Style sheets stay as they are; the compiler has written the modules.
cpSync(join(root, "page"), join(dist, "page"), {
  recursive: true,
  filter: (path) => extname(path) === "" || extname(path) === ".css",
});
const html = readFileSync(join(root, "page/index.html"), "utf8");
const built = html.replace('src="/page/main.ts"', 'src="/page/main.js"');
if (built === html) throw new Error("page/index.html does not load /page/main.ts, which the build replaces.");
writeFileSync(join(dist, "page/index.html"), built);
