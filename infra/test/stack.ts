import { mkdtempSync } from "node:fs";
import { join } from "node:path";
import { App, type Stack } from "aws-cdk-lib";
import { Template } from "aws-cdk-lib/assertions";
import { readSizes } from "../src/sizes.ts";
import { hotdogStack } from "../src/stack.ts";

export interface Synthesized {
  app: App;
  stack: Stack;
  template: Template;
  /** Folder of the template and the archives. */
  folder: string;
}

const made = new Map<string, Synthesized>();

/** Synthesizes the stack with these context values. Results are cached. */
export function synthesize(context: Record<string, unknown> = {}): Synthesized {
  const key = JSON.stringify(context);
  const found = made.get(key) ?? synthesizeFresh(context);
  made.set(key, found);
  return found;
}

export function synthesizeFresh(context: Record<string, unknown> = {}): Synthesized {
  const folder = mkdtempSync(join(process.env["TEST_FOLDER"] ?? "", "cdk-"));
  const app = new App({ outdir: folder });
  const stack = hotdogStack(
    app,
    readSizes((name) => context[name]),
  );
  return { app, stack, template: Template.fromStack(stack), folder };
}

export interface Resource {
  Type: string;
  Properties: Record<string, never>;
  DeletionPolicy?: string;
  UpdatePolicy?: unknown;
  CreationPolicy?: unknown;
  DependsOn?: string[];
}

/** Returns resources of a type by their logical ids, without the hashes at the end, and with references replaced. */
export function resources(template: Template, type: string): Record<string, Resource> {
  return Object.fromEntries(
    Object.entries(template.findResources(type)).map(([id, resource]) => [
      withoutHash(id),
      plain(resource) as Resource,
    ]),
  );
}

/** Replaces references with `<Name>` or `<Name.Attribute>`. */
export function plain(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(plain);
  if (typeof value !== "object" || value === null) return value;
  const [[name, argument] = []] = Object.entries(value);
  if (name === "Ref") return `<${withoutHash(String(argument))}>`;
  if (name === "Fn::GetAtt") return `<${(argument as string[]).map(withoutHash).join(".")}>`;
  if (name === "Fn::Base64") return plain(argument);
  if (name === "Fn::Join") return (plain((argument as unknown[])[1]) as string[]).join("");
  if (name === "Fn::Sub") return String(argument).replaceAll(/\$\{(.*?)\}/g, "<$1>");
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, plain(inner)]));
}

function withoutHash(id: string): string {
  return id.replace(/[0-9A-F]{8}$/, "");
}

interface Statement {
  Effect: string;
  Action: string | string[];
  Resource: string | string[];
  Condition?: unknown;
}

/** Lists the permissions of a role: one line for each action on each resource. */
export function allowedBy(role: Resource | undefined): string[] {
  const { Policies = [], ManagedPolicyArns = [] } = (role?.Properties ?? {}) as unknown as {
    Policies?: { PolicyDocument: { Statement: Statement[] } }[];
    ManagedPolicyArns?: unknown[];
  };
  const lines = Policies.flatMap(({ PolicyDocument }) => PolicyDocument.Statement).flatMap(
    ({ Effect, Action, Resource, Condition }) =>
      [Action].flat().flatMap((action) =>
        [Resource].flat().map((resource) => {
          const when = Condition === undefined ? "" : ` when ${JSON.stringify(Condition)}`;
          return `${Effect === "Allow" ? "" : `${Effect} `}${action} on ${resource}${when}`;
        }),
      ),
  );
  return [...lines, ...ManagedPolicyArns.map((arn) => `managed policy ${JSON.stringify(arn)}`)];
}
