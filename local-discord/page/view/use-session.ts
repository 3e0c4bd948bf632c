import type { APIUser } from "discord-api-types/v10";
import { useEffect, useReducer, useState } from "preact/hooks";
import type { ClientEvent } from "../../src/client-protocol.ts";
import { connect, type ServerConnection } from "../server/connection.ts";
import type { Action } from "../state/action.ts";
import { reduce } from "../state/reduce.ts";
import { initialState, type State } from "../state/state.ts";
import { batchPerFrame } from "../server/batch-per-frame.ts";
import { loadUnread, useSaveToSessionStorage } from "./session-storage.ts";

interface SessionHandle {
  state: State;
  dispatch: (action: Action) => void;
  switchUser: (user: APIUser) => void;
}

/** Returns the state of this window, which the server keeps up to date. Without a user, it is that of the first person. */
export function useSession(initialUser: string | null, { traffic }: { traffic: boolean }): SessionHandle {
  const [state, dispatch] = useReducer<State, Action>(reduce, initialState);
  useSaveToSessionStorage(state);
  const [userName, setUserName] = useState(initialUser);
  const [connection, setConnection] = useState<ServerConnection | null>(null);

  useEffect(() => {
    const take = (event: ClientEvent) => {
      dispatch({ type: "received", event });
      if (event.t === "READY") dispatch({ type: "unreadRestored", unread: loadUnread(event.d.user.id) });
    };
    const frames = batchPerFrame(take);
    const made = connect(userName, {
      event: (event) => frames.add(event),
      lost() {
        frames.flush();
        dispatch({ type: "connectionLost" });
      },
    });
    setConnection(made);
    return () => {
      made.close();
      frames.end();
    };
  }, [userName]);

  useEffect(() => connection?.watchTraffic(traffic), [connection, traffic]);

  const switchUser = (user: APIUser) => {
    dispatch({ type: "userSwitched", user });
    setUserName(user.username);
  };
  return { state, dispatch, switchUser };
}
