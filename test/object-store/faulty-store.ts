import type { ObjectStore } from "../../src/object-store/object-store.ts";

type Method = "get" | "head" | "put" | "list" | "delete";
const METHODS: readonly Method[] = ["get", "head", "put", "list", "delete"];

/** Called before and after each operation; what it throws, the operation throws. */
type Fault = (moment: { method: Method; when: "before" | "after" }) => Promise<void> | void;

/** A store in front of a real one, with faults between the steps: after "after", what was done stays done. */
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
