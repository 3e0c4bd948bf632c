import type { Reporter, TestModule } from "vitest/node";

/** Prints one line for each check: its result, the peer with its version, and the check, with the reason if it was skipped. */
export class PeerTable implements Reporter {
  onTestRunEnd(modules: readonly TestModule[]): void {
    const rows = modules.flatMap(({ children }) =>
      Array.from(children.allTests(), (test) => {
        const [, peer = ""] = /^(.*?) > /.exec(test.fullName) ?? [];
        const result = test.result();
        const reason = result.state === "skipped" && result.note !== undefined ? `: ${result.note}` : "";
        return { result: result.state, peer, check: `${test.fullName.slice(peer.length + 3)}${reason}` };
      }),
    );
    const width = (column: "result" | "peer"): number => Math.max(...rows.map((row) => row[column].length));
    // The titles of some checks are too long for a column.
    const lines = rows.map(({ result, peer, check }) =>
      [result.padEnd(width("result")), peer.padEnd(width("peer")), check].join("  "),
    );
    process.stdout.write(`${lines.join("\n")}\n`);
  }
}
