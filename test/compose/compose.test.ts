import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { DCLinter } from "dclint";
import { beforeAll, describe, expect, it } from "vitest";
import { parseStoreUrl } from "../../src/object-store/store-address.ts";
import {
  COMPOSE_FILE,
  interpolate,
  readCompose,
  serviceNamed,
  variablesIn,
  type Service,
} from "./read-compose.ts";
import { readConfig } from "../../src/process/read-config.ts";

/** Rules about order only. The file keeps related services side by side instead. */
const STYLE = ["service-keys-order", "services-alphabetical-order", "top-level-properties-order"];
const OWN_IMAGE = "hotdog-bot:local";
const SECRET = "sixteen characters or more";
const DOT_ENV = { DISCORD_TOKEN: "a.b.c", LABELER_SECRET: SECRET };
/** Seconds that a process may take to stop, from src/process/start-process.ts. */
const STOP_DEADLINE_S = 8;
/** Most memory for decoding a large image and a small one at the same time, in MiB. */
const DECODING_MIB = 1_152 + 352;
/** Memory of a worker without decoding, in MiB. */
const WORKER_MIB = 300;

let compose: Awaited<ReturnType<typeof readCompose>>;

beforeAll(async () => {
  compose = await readCompose();
});

function environmentOf(name: string, dotEnv: Record<string, string> = DOT_ENV): Record<string, string> {
  const { environment } = serviceNamed(name, compose);
  return Object.fromEntries(
    Object.entries(environment).map(([key, value]) => [key, interpolate(value, dotEnv)]),
  );
}

function megabytes(text: string): number {
  const { number, unit = "" } = /^(?<number>\d+)(?<unit>[mg])$/.exec(text)?.groups ?? {};
  return Number(number) * (unit === "g" ? 1_024 : 1);
}

/** The services that run our image. */
const OURS = ["bot", "worker", "import", "export", "projects", "client", "dead-letters"];

describe("docker-compose.yml", () => {
  it("passes the schema of the Compose specification and a linter", () => {
    const rules = Object.fromEntries(STYLE.map((name) => [name, 0 as const]));
    const linter = new DCLinter({ rules, quiet: true, debug: false, exclude: [] });
    const [result] = linter.lintFiles([COMPOSE_FILE], false);
    expect(result?.messages).toEqual([]);
  });

  it("names only services, networks and volumes that exist", () => {
    const services = Object.values(compose.services);
    const networks = new Set(services.flatMap((service) => service.networks));
    expect([...networks].toSorted()).toEqual(Object.keys(compose.networks).toSorted());
    const volumes = services.flatMap((service) => service.volumes.map((mount) => mount.split(":")[0] ?? ""));
    expect(volumes.toSorted()).toEqual(Object.keys(compose.volumes).toSorted());
    const needed = services.flatMap((service) => Object.keys(service.depends_on));
    expect(Object.keys(compose.services)).toEqual(expect.arrayContaining(needed));
  });

  it.each([...OURS, "redis", "storage"])("limits the rights and the memory of %s", (name) => {
    const service = serviceNamed(name, compose);
    expect(service).toMatchObject({
      read_only: true,
      init: true,
      cap_drop: ["ALL"],
      security_opt: ["no-new-privileges:true"],
      pids_limit: 512,
      logging: { driver: "local", options: { "max-size": "10m", "max-file": "5" } },
    });
    expect(megabytes(service.mem_limit)).toBeGreaterThan(0);
  });

  it.each([
    ["redis", "redis"],
    ["storage", "seaweed"],
  ])("pins the version of %s and runs it as a user other than root", (name, user) => {
    const service = serviceNamed(name, compose);
    expect(service.user).toBe(user);
    expect(service.image).toMatch(/:\d+\.\d+(\.\d+)?(-alpine)?(@sha256:[0-9a-f]{64})?$/);
  });

  it("runs one image of ours, which only the bot builds and which is never pulled", () => {
    const services = Object.entries(compose.services);
    const ours = services.filter(([, { image }]) => image === OWN_IMAGE);
    expect(ours.map(([name]) => name).toSorted()).toEqual(OURS.toSorted());
    for (const [, service] of ours) expect(service.pull_policy).toBe("never");
    const builders = services.filter(([, { build }]) => build !== undefined);
    expect(builders.map(([name]) => name)).toEqual(["bot"]);
  });

  it("has no service that the tests above do not check", () => {
    const names = [...OURS, "redis", "storage"];
    expect(Object.keys(compose.services).toSorted()).toEqual(names.toSorted());
  });

  it("restarts services once their dependencies are healthy, and runs tools only on request", () => {
    const isTool = ({ profiles }: Service): boolean => profiles.includes("tools");
    const services = Object.entries(compose.services);
    const tools = services.filter(([, service]) => isTool(service)).map(([name]) => name);
    expect(tools).toEqual(OURS.slice(2));
    for (const [, service] of services) {
      expect(service.restart).toBe(isTool(service) ? "no" : "unless-stopped");
      expect(
        Object.values(service.depends_on).every(({ condition }) => condition === "service_healthy"),
      ).toBe(true);
      // The bot and the workers use the health check of the Dockerfile.
      const { disable = false, test } = service.healthcheck ?? {};
      expect({ disable, own: test !== undefined }).toEqual({
        disable: isTool(service),
        own: service.image !== OWN_IMAGE,
      });
    }
  });

  it("can start any number of workers, and opens no port", () => {
    for (const service of Object.values(compose.services)) {
      expect(service.container_name).toBeUndefined();
      expect(service.ports).toEqual([]);
    }
  });

  it("isolates the networks without passwords from the machine itself", () => {
    const internal = Object.values(compose.networks).filter((network) => network?.internal === true);
    expect(internal).toHaveLength(2);
    // https://docs.docker.com/engine/network/port-publishing/#gateway-modes
    for (const network of internal)
      expect(network?.driver_opts).toEqual({ "com.docker.network.bridge.gateway_mode_ipv4": "isolated" });
  });

  it("lets only bot and workers reach the internet, and keeps the bot from the store", () => {
    const open = Object.entries(compose.networks).filter(([, network]) => network?.internal !== true);
    expect(open.map(([name]) => name)).toEqual(["outside"]);
    const placed = Object.entries(compose.services).map(([name, { networks }]) => [name, networks]);
    expect(Object.fromEntries(placed)).toEqual({
      bot: ["outside", "queue"],
      worker: ["outside", "queue", "store"],
      redis: ["queue"],
      storage: ["store"],
      import: ["store"],
      export: ["store"],
      projects: ["store"],
      client: ["queue"],
      "dead-letters": ["queue"],
    });
  });

  it("gives bot and workers enough time to stop, and workers enough memory to decode", () => {
    for (const name of ["bot", "worker"])
      expect(Number.parseInt(serviceNamed(name, compose).stop_grace_period, 10)).toBeGreaterThan(
        STOP_DEADLINE_S,
      );
    for (const name of ["worker", "import"])
      expect(megabytes(serviceNamed(name, compose).mem_limit)).toBeGreaterThan(DECODING_MIB + WORKER_MIB);
  });

  it("has a Redis that persists jobs on its volume and evicts none", () => {
    const { command, volumes } = serviceNamed("redis", compose);
    const text = command.join(" ");
    expect(text).toContain("--appendonly yes");
    expect(text).toContain("--appendfsync everysec");
    expect(text).toContain("--maxmemory-policy noeviction");
    expect(volumes).toEqual(["queue:/data"]);
  });

  it("has an S3 server that logs to the container, sends no telemetry, and serves nothing else", () => {
    const { command } = serviceNamed("storage", compose);
    // SeaweedFS reads this global option only before the name of the command.
    expect(command.slice(0, 2)).toEqual(["-logtostderr=true", "mini"]);
    const off = [
      "-master.telemetry=false",
      "-webdav=false",
      "-admin.ui=false",
      "-s3.port.iceberg=0",
      "-s3.port.lance=0",
    ];
    expect(command).toEqual(expect.arrayContaining(off));
  });

  it("creates the bucket that workers, import and export use", () => {
    const { command, healthcheck } = serviceNamed("storage", compose);
    const bucket = command.find((word) => word.startsWith("-bucket="));
    for (const name of ["worker", "import", "export"])
      expect(parseStoreUrl(environmentOf(name)["STORE_URL"] ?? "")).toEqual({
        engine: "s3",
        bucket: bucket?.replace("-bucket=", ""),
        prefix: "",
      });
    expect(healthcheck?.test?.join(" ")).toContain("/buckets/hotdog/");
    const { AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY } = environmentOf("storage");
    expect(environmentOf("worker")).toMatchObject({ AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY });
  });
});

describe("the variables that docker-compose.yml takes from .env", () => {
  it("are in .env.example", async () => {
    const example = await readFile(join(import.meta.dirname, "../../.env.example"), "utf8");
    const names = new Set(variablesIn(compose.text));
    expect([...names].toSorted()).toEqual([
      "DISCORD_TOKEN",
      "HOME_GUILD_ID",
      "HOTDOG_CHOOSE",
      "HOTDOG_SETTLE",
      "HOTDOG_UPLOADS",
      "JOB_RETRY_DELAY_MS",
      "JOB_VISIBILITY_SECONDS",
      "LABELER_SECRET",
      "LABEL_MIN_VIEW_MS",
      "LOG_LEVEL",
      "PRIVACY_URL",
      "WORKERS",
      "WORKER_CONCURRENCY",
    ]);
    for (const name of names) expect(example).toMatch(new RegExp(`^#?${name}=`, "m"));
    // The two required ones are not commented out.
    for (const name of Object.keys(DOT_ENV)) expect(example).toMatch(new RegExp(`^${name}=$`, "m"));
  });

  it("are enough for bot and worker", () => {
    expect(readConfig("bot", environmentOf("bot"))).toMatchObject({ DISCORD_TOKEN: "a.b.c" });
    const worker = readConfig("worker", environmentOf("worker"));
    expect(worker).toMatchObject({ LABELER_SECRET: SECRET, LOG_LEVEL: "info", WORKER_CONCURRENCY: 256 });
    expect(readConfig("worker", environmentOf("worker", { ...DOT_ENV, LOG_LEVEL: "debug" })).LOG_LEVEL).toBe(
      "debug",
    );
  });

  it("set the number of workers, one by default", () => {
    const { scale = "" } = serviceNamed("worker", compose);
    expect(interpolate(scale, DOT_ENV)).toBe("1");
    expect(interpolate(scale, { ...DOT_ENV, WORKERS: "4" })).toBe("4");
    const others = Object.entries(compose.services).filter(([name]) => name !== "worker");
    for (const [, service] of others) expect(service.scale).toBeUndefined();
  });

  it("are reported when they are missing, with what to do", () => {
    expect(() => environmentOf("bot", {})).toThrow(
      /DISCORD_TOKEN .*: set it in \.env \(Discord Developer Portal/,
    );
    expect(() => environmentOf("worker", { DISCORD_TOKEN: "a.b.c" })).toThrow(
      /LABELER_SECRET .*: set it in \.env to 16 or more random characters/,
    );
  });

  it("do not include addresses of queue and store, which are for runs without Docker", () => {
    const native = { ...DOT_ENV, QUEUE_URL: "https://sqs.example/1/hotdog", STORE_URL: "file:./data" };
    for (const name of Object.keys(compose.services)) {
      expect(environmentOf(name, native)).toEqual(environmentOf(name));
      expect(serviceNamed(name, compose).env_file).toBeUndefined();
    }
  });
});
