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

  it("is one that the builder takes, without a warning", () => {
    expect(validate(text)).toEqual([]);
  });

  it("builds on the very Node that the tests run on", () => {
    const node = `node:${packageJson.devDependencies.node}-trixie-slim`;
    expect(stages.map(({ base }) => base)).toEqual([node, node]);
  });

  it("ends as a user that is not root, and after that takes nothing more in", () => {
    const steps = stages.at(-1)?.steps ?? [];
    const becomes = steps.findIndex(({ does }) => does === "become");
    expect(steps[becomes]).toEqual({ does: "become", user: "node" });
    expect(steps.slice(becomes).map(({ does }) => does)).toEqual(["become", "run"]);
  });

  it("lets the process itself have the signals, and looks at its health without a shell", () => {
    const { entrypoint, command, healthcheck } = stages.at(-1) ?? {};
    expect(entrypoint).toEqual(["node"]);
    expect(command).toEqual(["src/worker/main.ts"]);
    expect(healthcheck?.[0]).toBe("node");
  });
});
