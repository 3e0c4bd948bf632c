import type { Reporter, TestModule } from "vitest/node";

/** Prints one line for each check: the peer with its version, the check, and its result. */
export class PeerTable implements Reporter {
  onTestRunEnd(modules: readonly TestModule[]): void {
    const rows = modules.flatMap(({ children }) =>
      Array.from(children.allTests(), (test) => {
        const [, peer = ""] = /^(.*?) > /.exec(test.fullName) ?? [];
        const result = test.result();
        const reason = result.state === "skipped" && result.note !== undefined ? `: ${result.note}` : "";
        return { peer, check: test.fullName.slice(peer.length + 3), result: `${result.state}${reason}` };
      }),
    );
    const width = (column: "peer" | "check"): number => Math.max(...rows.map((row) => row[column].length));
    const lines = rows.map(({ peer, check, result }) =>
      [peer.padEnd(width("peer")), check.padEnd(width("check")), result].join("  "),
    );
    process.stdout.write(`${lines.join("\n")}\n`);
  }
}
