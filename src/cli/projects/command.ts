import { createLog } from "../../platform/log.ts";
import { isSnowflake } from "../../platform/snowflake.ts";
import { StartError } from "../../platform/start-error.ts";
import { listProjects } from "../../project/list-projects.ts";
import { projectIndex } from "../../project/project-index.ts";
import { findDefinition } from "../find-project.ts";
import { UsageError, type Command } from "../run-command.ts";
import { describeProject, lineOf } from "./describe-project.ts";
import { removeProject, type ProjectsHost } from "./remove-project.ts";

const USAGE = `Usage: npm run projects -- list [--json]
       npm run projects -- move ID CHANNEL [--guild GUILD]
       npm run projects -- delete ID [--yes]

Manages the projects in the store that STORE_URL names, except the built-in one of the hot dogs.

  list           print one line per project: its id, its state, the name of its channel when it was created, its numbers of images,
                 answers and people who answered, the size of all its files, and its question
  move           give an open project to the channel with the id CHANNEL. Its old channel is closed then and may get a new project
  delete         close a project and delete it for good, with its images and answers. Asks before
  --json         list one JSON object per line
  --guild GUILD  id of the channel's server, if it is another one than before
  --yes          delete without asking
  --help         print this text
  --version      print the version

Workers notice a change within 30 seconds. With a store in a folder, move and delete need the worker to be stopped.

Settings: STORE_URL, S3_FORCE_PATH_STYLE, AWS_… (docs/configuration.md).

Exit code: 0 on success, 1 when nothing was changed, and after any error.
`;

export type ProjectAction =
  | { action: "list"; json: boolean }
  | { action: "move"; id: string; channel: string; guild: string | undefined }
  | { action: "delete"; id: string; yes: boolean };

const options = {
  json: { type: "boolean" },
  guild: { type: "string" },
  yes: { type: "boolean" },
} as const;

export const projectsCommand: Command<typeof options, ProjectAction> = {
  usage: USAGE,
  options,
  takesPositionals: true,
  parse({ values: { json = false, guild, yes = false }, positionals: [action, ...ids] }) {
    if (action === undefined) throw new UsageError("An action is missing: list, move or delete.");
    if (action !== "list" && action !== "move" && action !== "delete")
      throw new UsageError(`Unknown action '${action}'.`);
    if (json && action !== "list") throw new UsageError("--json only works with list.");
    if (guild !== undefined && action !== "move") throw new UsageError("--guild only works with move.");
    if (yes && action !== "delete") throw new UsageError("--yes only works with delete.");
    const wrong = [...ids, guild ?? "0"].find((id) => !isSnowflake(id));
    if (wrong !== undefined) throw new UsageError(`'${wrong}' is not an id: ids have up to 19 digits.`);
    const [id = "", channel = ""] = ids;
    if (ids.length !== ID_COUNTS[action]) throw new UsageError(ID_MISTAKES[action]);
    if (action === "list") return { action, json };
    return action === "move" ? { action, id, channel, guild } : { action, id, yes };
  },
};

/** Number of ids that an action takes. */
const ID_COUNTS = { list: 0, move: 2, delete: 1 };
const ID_MISTAKES = {
  list: "list takes no ids.",
  move: "move needs the id of a project, as list prints it, and the id of a channel.",
  delete: "delete needs the id of one project, as list prints it.",
};

/**
 * Lists projects, moves one or deletes one, and prints what was done.
 * @returns the exit code
 * @throws StartError when there is no such project, or the channel has another one
 */
export async function runProjects(action: ProjectAction, host: ProjectsHost): Promise<number> {
  const { store, out, err } = host;
  const log = createLog({ level: "warn", out: err });
  const index = projectIndex(store, { ...host, log });
  switch (action.action) {
    case "list": {
      const projects = (await listProjects(store, index)).map(describeProject);
      for (const project of projects)
        out.write(`${action.json ? JSON.stringify(project) : lineOf(project)}\n`);
      if (projects.length === 0 && !action.json) out.write("There are no projects but the built-in one.\n");
      return 0;
    }
    case "move": {
      const { id, channel, guild } = action;
      const before = await findDefinition(store, id);
      if (before.closedAt !== undefined)
        throw new StartError(`Project ${id} is closed, so no channel can have it. Its data can be exported.`);
      const holder = await index.move(id, { channel, guild: guild ?? before.guild });
      if (holder?.id !== id)
        throw new StartError(`Channel ${channel} already has project ${holder?.id}. Nothing was moved.`);
      out.write(`Channel ${channel} has project ${id} now.\n`);
      return 0;
    }
    case "delete":
      return removeProject(action, index, host);
  }
}
