import { useState } from "preact/hooks";
import type { UnsentMessage } from "../composer/unsent-message.ts";
import { useActions } from "../view/actions.ts";
import { admitFiles, type Attached } from "./attached.ts";

export interface Files {
  attached: readonly Attached[];
  /** Adds the files that Discord would accept, and leaves a note about the others. */
  add(files: readonly File[], option?: string | null): void;
  remove(key: string): void;
  clear(): void;
}

/** The unsent files in the composer of a channel. */
export function useFiles(unsent: UnsentMessage): Files {
  const actions = useActions();
  const [attached, setAttached] = useState(unsent.attached);
  unsent.attached = attached;
  return {
    attached,
    add(files, option = null) {
      const { admitted, tooMany, tooLarge } = admitFiles(files, attached.length);
      if (tooLarge.length > 0) actions?.note({ of: "tooLarge", names: tooLarge.map(({ name }) => name) });
      if (tooMany.length > 0) actions?.note({ of: "tooMany", names: tooMany.map(({ name }) => name) });
      const added = admitted.map((file, index) => {
        return { key: crypto.randomUUID(), file, option: index === 0 ? option : null };
      });
      // A file that is chosen for an option replaces the option's former file, which becomes unassigned.
      const before = attached.map((one) => (one.option === option ? { ...one, option: null } : one));
      if (added.length > 0) setAttached([...before, ...added]);
    },
    remove: (key) => setAttached(attached.filter((one) => one.key !== key)),
    clear: () => setAttached([]),
  };
}
