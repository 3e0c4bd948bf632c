import { validate } from "dockerfile-utils";
import { beforeAll, describe, expect, it } from "vitest";
import packageJson from "../../package.json" with { type: "json" };
import { readDockerfile, stagesOf, type Stage } from "./dockerfile.ts";

describe("the Dockerfile", () => {
  let text: string;
  let stages: Stage[];

  beforeAll(async () => {
    text = await readDockerfile();
    stages = stagesOf(text);
  });

  it("passes the linter without a warning", () => {
    expect(validate(text)).toEqual([]);
  });

  it("builds on the version of Node that the tests run on", () => {
    const node = `node:${packageJson.devDependencies.node}-trixie-slim`;
    expect(stages.map(({ base }) => base.replace(/@sha256:[0-9a-f]{64}$/, ""))).toEqual([node, node]);
  });

  it("ends as a user other than root, and copies nothing after that", () => {
    const steps = stages.at(-1)?.steps ?? [];
    const becomes = steps.findIndex(({ does }) => does === "become");
    expect(steps[becomes]).toEqual({ does: "become", user: "node" });
    expect(steps.slice(becomes).map(({ does }) => does)).toEqual(["become", "run"]);
  });

  it("passes signals to the process itself, and checks its health without a shell", () => {
    const { entrypoint, command, healthcheck } = stages.at(-1) ?? {};
    expect(entrypoint).toEqual(["node"]);
    expect(command).toEqual(["src/worker/main.ts"]);
    expect(healthcheck?.[0]).toBe("node");
  });
});
