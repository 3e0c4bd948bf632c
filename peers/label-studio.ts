import { spawn } from "node:child_process";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { inherited, watchProcess } from "../test/end-to-end/process.ts";
import { freePort } from "../test/free-port.ts";
import type { PythonPeer } from "./python.ts";

const USER = { email: "reviewer@example.org", password: "a password of a test" };
const TOKEN = "0123456789abcdef0123456789abcdef01234567";
const START_TIMEOUT_MS = 240_000;

export interface LabelStudio extends AsyncDisposable {
  origin: string;
  user: typeof USER;
  /** Sends a request to its API, and resolves with the answer. @throws Error with the answer if it is an error */
  api(method: "GET" | "POST", path: string, body?: unknown): Promise<unknown>;
  /** Fetches any address of it. */
  fetch(path: string): Promise<Response>;
}

/** Starts Label Studio on a free port of 127.0.0.1, with the local files of a store. */
export async function startLabelStudio({ program }: PythonPeer, store: string): Promise<LabelStudio> {
  const folder = await mkdtemp(join(tmpdir(), "hotdog-label-studio-"));
  const port = await freePort();
  const origin = `http://127.0.0.1:${port}`;
  const listening = ["--port", `${port}`, "--internal-host", "127.0.0.1"];
  const account = ["--username", USER.email, "--password", USER.password, "--user-token", TOKEN];
  const args = ["start", "--no-browser", "--data-dir", folder, ...listening, ...account];
  const child = spawn(program("label-studio"), [...args, "--enable-legacy-api-token"], {
    cwd: folder,
    env: {
      ...inherited(),
      HOME: folder,
      // Nothing is sent to anybody.
      COLLECT_ANALYTICS: "false",
      LATEST_VERSION_CHECK: "false",
      SENTRY_DSN: "",
      FRONTEND_SENTRY_DSN: "",
      LABEL_STUDIO_LOCAL_FILES_SERVING_ENABLED: "true",
      LABEL_STUDIO_LOCAL_FILES_DOCUMENT_ROOT: store,
    },
  });
  const server = watchProcess(child, "Label Studio");
  const headers = { authorization: `Token ${TOKEN}`, "content-type": "application/json" };

  async function isUp(): Promise<boolean> {
    return fetch(`${origin}/api/projects`, { headers }).then(
      ({ ok }) => ok,
      () => false,
    );
  }

  for (const end = performance.now() + START_TIMEOUT_MS; !(await isUp());) {
    if (child.exitCode !== null || performance.now() > end)
      throw new Error(`Label Studio did not start:\n${server.output().slice(-4_000)}`);
    await new Promise((resolve) => setTimeout(resolve, 500));
  }

  return {
    origin,
    user: USER,
    fetch: (path) => fetch(`${origin}${path}`, { headers }),
    async api(method, path, body) {
      const request = { method, headers, ...(body === undefined ? {} : { body: JSON.stringify(body) }) };
      const response = await fetch(`${origin}/api${path}`, request);
      const text = await response.text();
      if (!response.ok) throw new Error(`${method} ${path}: ${response.status} ${text.slice(0, 2_000)}`);
      return JSON.parse(text) as unknown;
    },
    async [Symbol.asyncDispose]() {
      await server[Symbol.asyncDispose]();
      await rm(folder, { recursive: true, force: true });
    },
  };
}
