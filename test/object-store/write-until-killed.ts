/** A process for disk.integration.test.ts that writes, reports each write that has resolved, and is killed. */
import { diskStore } from "../../src/object-store/disk.ts";

const [folder = ""] = process.argv.slice(2);
const store = await diskStore(folder);
const size = 256 * 1024;

for (let count = 0; ; count += 1) {
  await store.put("part.csv", Buffer.alloc(size, String(count % 10)));
  await store.put(`created/${count}`, Buffer.alloc(size, String(count % 10)), {
    condition: { ifNoneMatch: "*" },
  });
  process.stdout.write(`${count}\n`);
}
