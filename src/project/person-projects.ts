import { prefixedStore, type ObjectStore } from "../object-store/object-store.ts";
import type { Log } from "../platform/log.ts";
import type { ProjectDefinition } from "./definition.ts";
import type { People } from "./people.ts";
import type { ProjectIndex } from "./project-index.ts";
import { projectPrefix } from "./project.ts";
import { hotdogKeys, projectKeys, pseudonymizer, sharedNames, type Pseudonyms } from "./pseudonyms.ts";

/** A project in which a person may have rows. */
export interface PersonProject {
  /** Null for the built-in project. */
  id: string | null;
  /** Undefined for the built-in project, and if the definition cannot be read. */
  definition: ProjectDefinition | undefined;
  /** The project's objects. */
  store: ObjectStore;
  person: Pseudonyms;
}

/** Finds the projects in which a person may have rows: the built-in project and those with a marker of the person. */
export interface PersonProjects {
  builtIn(userId: string): PersonProject;
  /** The projects with a marker of the person, without deleted ones, but with those whose definition is damaged. */
  marked(userId: string): Promise<PersonProject[]>;
}

export interface PersonProjectsOptions {
  /** The operator's secret. */
  secret: string;
  index: Pick<ProjectIndex, "read">;
  people: Pick<People, "projectsOf">;
  log: Log;
}

/** @param store the whole store */
export function personProjects(
  store: ObjectStore,
  { secret, index, people, log }: PersonProjectsOptions,
): PersonProjects {
  return {
    builtIn: (userId) => ({
      id: null,
      definition: undefined,
      store: prefixedStore(store, projectPrefix(null)),
      person: pseudonymizer(hotdogKeys(secret))(userId),
    }),

    async marked(userId) {
      const found: PersonProject[] = [];
      for (const id of await people.projectsOf(sharedNames(secret, userId))) {
        const definition = await index.read(id).catch((error: unknown) => {
          log.warn(
            { err: error, project: id },
            "the definition of a project cannot be read; its question is left out of the list for a person",
          );
          return "damaged" as const;
        });
        if (definition === undefined) continue;
        found.push({
          id,
          definition: definition === "damaged" ? undefined : definition,
          store: prefixedStore(store, projectPrefix(id)),
          person: pseudonymizer(projectKeys(secret, id))(userId),
        });
      }
      return found;
    },
  };
}
