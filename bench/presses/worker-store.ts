import { ConditionFailedError, type ObjectStore } from "../../src/object-store/object-store.ts";

export interface WorkerStore {
  store: ObjectStore;
  /** Number of PUTs that another worker was faster than. */
  lostPuts: () => number;
  /** From now on no operation returns, as if the worker had been killed. Those that were sent still take effect. */
  kill: () => void;
}

/** The store as one worker uses it. */
export function workerStore(shared: ObjectStore): WorkerStore {
  let lost = 0;
  let isKilled = false;

  async function alive<T>(operation: () => Promise<T>): Promise<T> {
    const never = new Promise<never>(() => {});
    if (isKilled) return never;
    try {
      return await operation();
    } catch (error) {
      if (error instanceof ConditionFailedError) lost += 1;
      throw error;
    } finally {
      if (isKilled) await never;
    }
  }

  return {
    store: {
      ...shared,
      get: (...parameters) => alive(() => shared.get(...parameters)),
      head: (...parameters) => alive(() => shared.head(...parameters)),
      list: (...parameters) => alive(() => shared.list(...parameters)),
      put: (...parameters) => alive(() => shared.put(...parameters)),
      delete: (...parameters) => alive(() => shared.delete(...parameters)),
    },
    lostPuts: () => lost,
    kill: () => {
      isKilled = true;
    },
  };
}
