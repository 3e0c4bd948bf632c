import { execFile, spawn } from "node:child_process";
import { cp, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { cachedFolder, cacheFolder } from "../local-discord/test/cached-folder.ts";
import { inherited, watchProcess } from "../test/end-to-end/process.ts";
import type { OpenS3 } from "../test/faults/s3-backend.ts";
import { freePort } from "../test/free-port.ts";
import { lastLine, type Missing } from "./peer.ts";
import { createBucket } from "./s3-client.ts";
import { s3Proxy } from "./s3-proxy.ts";

const execute = promisify(execFile);

/** Its Go module has no tags of releases. This commit is 4.53. */
export const SEAWEEDFS_VERSION = "4.53";
const MODULE = "github.com/seaweedfs/seaweedfs@v0.0.0-20261109003541-7506e5f91cd6";
/** The version is that in its go.mod. */
const INSTALL_GO = "Install Go 1.26.6 or newer, or another from 1.21, which downloads it: https://go.dev/dl";

export interface SeaweedFs {
  /** Path of `weed`. */
  path: string;
}

/** Finds SeaweedFS in the user's cache, or builds it with Go, which takes some minutes. */
export async function findSeaweedFs(): Promise<SeaweedFs | Missing> {
  const folder = join(cacheFolder(), "peers", `seaweedfs-${MODULE.split("-").at(-1)}`);
  const built = { path: join(folder, "weed") };
  const isBuilt = await execute(built.path, ["version"]).then(
    () => true,
    () => false,
  );
  if (isBuilt) return built;
  const go = await execute("go", ["version"]).catch(() => undefined);
  if (go === undefined) return { missing: `There is no go to build it. ${INSTALL_GO}` };
  try {
    await cachedFolder(folder, build);
    return built;
  } catch (error) {
    return { missing: `go cannot build it: ${lastLine(error)}. ${INSTALL_GO}` };
  }
}

/** `go install` refuses a module whose go.mod replaces others, so its source is copied and built. */
async function build(temporary: string): Promise<string> {
  // With -json, errors are not written to stderr.
  await execute("go", ["mod", "download", MODULE], { cwd: temporary });
  const { stdout } = await execute("go", ["mod", "download", "-json", MODULE], { cwd: temporary });
  const { Dir: source } = JSON.parse(stdout) as { Dir: string };
  const [copy, result] = [join(temporary, "source"), join(temporary, "built")];
  await cp(source, copy, { recursive: true });
  await execute("chmod", ["-R", "u+w", copy]);
  await execute("go", ["build", "-o", join(result, "weed"), "./weed"], { cwd: copy });
  return result;
}

/** Starts SeaweedFS on free ports of 127.0.0.1, with the options of docker-compose.yml. */
export async function startSeaweedFs({ path }: SeaweedFs): Promise<{ origin: string } & AsyncDisposable> {
  const folder = await mkdtemp(join(tmpdir(), "hotdog-seaweedfs-"));
  const servers = ["master", "volume", "filer", "s3", "admin"];
  const ports = await Promise.all(
    servers
      .flatMap((server) => [`${server}.port`, `${server}.port.grpc`])
      .map(async (name) => [name, await freePort()] as const),
  );
  const addresses = [
    "-ip=127.0.0.1",
    "-ip.bind=127.0.0.1",
    ...ports.map(([name, port]) => `-${name}=${port}`),
  ];
  const without = ["-s3.port.iceberg=0", "-s3.port.lance=0", "-webdav=false", "-admin.ui=false"];
  const args = ["mini", `-dir=${folder}`, ...addresses, ...without, "-master.telemetry=false"];
  const child = spawn(path, ["-logtostderr=true", ...args], { env: inherited() });
  const server = watchProcess(child, "SeaweedFS");
  const origin = `http://127.0.0.1:${Object.fromEntries(ports)["s3.port"]}`;
  await server.waitFor(/S3 API Server .* at http port/i);
  return {
    origin,
    async [Symbol.asyncDispose]() {
      await server[Symbol.asyncDispose]();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

/** Starts SeaweedFS behind a proxy. */
export const seaweedS3 =
  (peer: SeaweedFs): OpenS3 =>
  async (bucket, around) => {
    const server = await startSeaweedFs(peer);
    await createBucket(server.origin, bucket);
    return s3Proxy(server, bucket, around);
  };
