import type { ObjectStore } from "../../src/object-store/object-store.ts";

type Method = "get" | "head" | "put" | "list" | "delete";
const METHODS: readonly Method[] = ["get", "head", "put", "list", "delete"];

/** Called before and after each operation, which throws what this throws. */
type Fault = (moment: { method: Method; when: "before" | "after" }) => Promise<void> | void;

/** Adds faults to a store. A fault "after" an operation does not undo it. */
export function faultyStore(store: ObjectStore, fault: Fault): ObjectStore {
  const around =
    <P extends unknown[], R>(method: Method, operation: (...parameters: P) => Promise<R>) =>
    async (...parameters: P): Promise<R> => {
      await fault({ method, when: "before" });
      const result = await operation(...parameters);
      await fault({ method, when: "after" });
      return result;
    };
  const faulty = Object.fromEntries(
    METHODS.map((method) => [method, around(method, store[method] as never)]),
  );
  return { ...store, ...faulty };
}
