import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { DockerfileParser, type Copy, type Env, type From } from "dockerfile-ast";
import { z } from "zod";

const ROOT = join(import.meta.dirname, "../..");

/** An instruction of a Dockerfile. Only the kinds that ours uses. */
type Step =
  | { does: "copy"; from: string | undefined; sources: string[]; to: string }
  | { does: "run"; script: string }
  | { does: "set"; name: string; value: string }
  | { does: "move"; to: string }
  | { does: "become"; user: string };

export interface Stage {
  name: string | undefined;
  base: string;
  steps: Step[];
  entrypoint: string[];
  command: string[];
  healthcheck: string[];
}

export function readDockerfile(): Promise<string> {
  return readFile(join(ROOT, "Dockerfile"), "utf8");
}

/** @throws Error naming an instruction that is not supported */
export function stagesOf(text: string): Stage[] {
  const stages: Stage[] = [];
  for (const instruction of DockerfileParser.parse(text).getInstructions()) {
    if (instruction.getKeyword() === "FROM") {
      const from = instruction as From;
      stages.push(newStage(from.getBuildStage() ?? undefined, from.getImage() ?? ""));
      continue;
    }
    const stage = stages.at(-1);
    if (stage === undefined) throw new Error("the Dockerfile begins without FROM");
    add(instruction, stage);
  }
  return stages;
}

function newStage(name: string | undefined, base: string): Stage {
  return { name, base, steps: [], entrypoint: [], command: [], healthcheck: [] };
}

type Instruction = ReturnType<ReturnType<typeof DockerfileParser.parse>["getInstructions"]>[number];

function add(instruction: Instruction, stage: Stage): void {
  const args = instruction.getArguments().map((argument) => argument.getValue());
  const [first = ""] = args;
  switch (instruction.getKeyword()) {
    case "COPY": {
      const from = (instruction as Copy).getFromFlag()?.getValue() ?? undefined;
      const places = args.filter((argument) => !argument.startsWith("--"));
      stage.steps.push({ does: "copy", from, sources: places.slice(0, -1), to: places.at(-1) ?? "" });
      return;
    }
    case "RUN":
      stage.steps.push({ does: "run", script: instruction.getArgumentsContent() ?? "" });
      return;
    case "ENV":
      for (const property of (instruction as Env).getProperties())
        stage.steps.push({ does: "set", name: property.getName(), value: property.getValue() ?? "" });
      return;
    case "WORKDIR":
      stage.steps.push({ does: "move", to: first });
      return;
    case "USER":
      stage.steps.push({ does: "become", user: first });
      return;
    case "ENTRYPOINT":
      stage.entrypoint = inJson(instruction);
      return;
    case "CMD":
      stage.command = inJson(instruction);
      return;
    case "HEALTHCHECK":
      stage.healthcheck = inJson(instruction);
      return;
    case "STOPSIGNAL":
      return;
    default:
      throw new Error(`not supported: ${instruction.getKeyword()}`);
  }
}

/** Parses the JSON form, which runs without a shell. A shell would not pass signals on. */
function inJson(instruction: Instruction): string[] {
  const [array] = /\[.*\]$/s.exec(instruction.getArgumentsContent() ?? "") ?? [];
  if (array === undefined) throw new Error(`${instruction.getKeyword()} must be in JSON form`);
  return z.array(z.string()).parse(JSON.parse(array));
}
