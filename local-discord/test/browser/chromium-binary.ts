import { execFile } from "node:child_process";
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { promisify } from "node:util";
import project from "../../package.json" with { type: "json" };
import { cachedFolder, cacheFolder } from "../cached-folder.ts";

const run = promisify(execFile);

interface ChromiumBinary {
  path: string;
  /** Paths of the libraries and fonts of the Chromium from npm, because the machine may have none. */
  env: Record<string, string>;
}

/**
 * Finds the Chromium in CHROMIUM_PATH. Without that, unpacks Chromium, its libraries (libnss3 and others) and a font from the npm
 * package, once per machine.
 * @throws Error that says what to install on systems on which that Chromium does not run
 */
export async function findChromium({ platform, arch, env } = process): Promise<ChromiumBinary> {
  const ownPath = env["CHROMIUM_PATH"];
  if (ownPath !== undefined) return { path: ownPath, env: {} };
  if (platform !== "linux" || arch !== "x64")
    throw new Error(
      `The browser tests need Chromium. The Chromium from npm runs on Linux x64, not on ${platform} ${arch}. Install Chromium or Chrome and set CHROMIUM_PATH to its executable.`,
    );
  const folder = join(cacheFolder(), `chromium-${project.devDependencies["@sparticuz/chromium"]}`);
  await cachedFolder(folder, (temporary) => unpack(temporary, folder));
  return {
    path: join(folder, "chromium"),
    env: { LD_LIBRARY_PATH: join(folder, "al2023/lib"), FONTCONFIG_PATH: join(folder, "fonts") },
  };
}

/** The package unpacks into its process's TMPDIR, and unpacks its libraries only if AWS_LAMBDA_JS_RUNTIME is set. */
async function unpack(temporary: string, folder: string): Promise<string> {
  const script = 'import chromium from "@sparticuz/chromium"; await chromium.executablePath();';
  await run(process.execPath, ["--input-type=module", "--eval", script], {
    cwd: import.meta.dirname,
    env: { ...process.env, TMPDIR: temporary, AWS_LAMBDA_JS_RUNTIME: "nodejs24.x" },
  });
  const config = `<fontconfig><dir>${folder}/fonts</dir><cachedir>${folder}/fonts-cache</cachedir></fontconfig>`;
  await writeFile(join(temporary, "fonts/fonts.conf"), config);
  return temporary;
}
