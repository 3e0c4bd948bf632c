import { mkdir, mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Locator } from "playwright-core";
import { afterAll, beforeAll, expect, it } from "vitest";
import { sharedBrowser } from "../local-discord/test/browser/shared-browser.ts";
import { startLabelStudio, type LabelStudio } from "./label-studio.ts";
import { describePeer } from "./peer.ts";
import { pythonPeer, readVersions } from "./python.ts";
import { exportProject, makeStore, projectFolder, type PeerStore } from "./store.ts";

interface Annotation {
  was_cancelled: boolean;
  ground_truth: boolean;
  result: { value: { choices: string[] }; meta?: { text: string[] } }[];
}

interface Prediction {
  /** The task's id, once it is imported. */
  task?: number;
  score: number;
  model_version: string;
  result: Annotation["result"];
}

interface Task {
  data: { image: string; name: string };
  annotations: Annotation[];
  predictions: Prediction[];
}

const START_TIMEOUT_MS = 400_000;

const { "label-studio": version } = await readVersions("label-studio");
const peer = await pythonPeer("label-studio");

describePeer(`Label Studio ${version}`, peer, (found) => {
  const disposables = new AsyncDisposableStack();
  const browser = sharedBrowser();
  let folder: string;
  let store: PeerStore;
  let studio: LabelStudio;

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), "hotdog-peers-"));
    disposables.defer(() => rm(folder, { recursive: true, force: true }));
    await mkdir(join(folder, "data"));
    store = await makeStore(join(folder, "data"));
    studio = disposables.use(await startLabelStudio(found, store.folder));
  }, START_TIMEOUT_MS);

  afterAll(() => disposables.disposeAsync());

  /** Imports a project's export. @returns the id that it has in Label Studio, and what was imported */
  async function importProject(index: 0 | 1 | 2): Promise<{ id: number; tasks: Task[] }> {
    const project = store.projects[index];
    const out = await mkdtemp(join(folder, "export-"));
    await exportProject(store, project, { format: "label-studio", out });
    const label_config = await readFile(join(out, "labeling-interface.xml"), "utf8");
    const { id } = (await studio.api("POST", "/projects", { title: `project ${index}`, label_config })) as {
      id: number;
    };
    const path = join(projectFolder(store.folder, project.id), "images");
    await studio.api("POST", "/storages/localfiles", {
      project: id,
      path,
      use_blob_urls: true,
      title: "images",
    });
    const tasks = JSON.parse(await readFile(join(out, "tasks.json"), "utf8")) as Task[];
    await studio.api("POST", `/projects/${id}/import`, tasks);
    return { id, tasks };
  }

  async function exportTasks(id: number): Promise<(Task & { id: number })[]> {
    const path = `/projects/${id}/export?exportType=JSON&download_all_tasks=true`;
    return (await studio.api("GET", path)) as (Task & { id: number })[];
  }

  it.each([0, 1, 2] as const)(
    "keeps every answer, gold answer and prediction of project %i",
    async (index) => {
      const { id, tasks } = await importProject(index);
      const kept = await exportTasks(id);
      // An export has only the ids of predictions.
      const predictions = (await studio.api("GET", `/predictions?project=${id}`)) as Prediction[];
      for (const task of kept) task.predictions = predictions.filter((one) => one.task === task.id);
      expect(byImage(kept)).toEqual(byImage(tasks));
      for (const { data } of tasks) {
        const picture = await studio.fetch(data.image);
        expect([data.image, picture.status]).toEqual([data.image, 200]);
        expect((await picture.arrayBuffer()).byteLength).toBeGreaterThan(0);
      }
    },
  );

  it("shows the image, the question, the labels and an answer", async () => {
    const { id } = await importProject(1);
    const { question, labels } = store.projects[1];
    const kept = await exportTasks(id);
    const unanimous = kept.find(({ annotations }) => new Set(annotations.map(choiceOf)).size === 1);
    const page = await browser.open();
    await page.goto(`${studio.origin}/user/login/`);
    await page.locator("input[name=email]").fill(studio.user.email);
    await page.locator("input[name=password]").fill(studio.user.password);
    await page.keyboard.press("Enter");
    await page.waitForURL(({ pathname }) => !pathname.startsWith("/user/login"));
    await page.goto(`${studio.origin}/projects/${id}/data?task=${unanimous?.id}`);
    await page.getByRole("heading", { name: question }).waitFor();
    const choices = page.locator(".lsf-choices input");
    await expect.poll(() => namesOf(choices)).toEqual(labels);
    const chosen = page.locator(".lsf-choices input:checked");
    await expect.poll(() => namesOf(chosen)).toEqual([choiceOf(unanimous?.annotations[0])]);
    const picture = page.locator(`img[src*="${unanimous?.data.name}"]`).first();
    await expect.poll(() => picture.evaluate(widthOf)).toBeGreaterThan(0);
    const screenshot = process.env["PEERS_SCREENSHOT"];
    if (screenshot !== undefined) await page.screenshot({ path: screenshot });
  });
});

function choiceOf(annotation: Annotation | undefined): string | undefined {
  return annotation?.result[0]?.value.choices[0];
}

function namesOf(inputs: Locator): Promise<(string | null)[]> {
  return inputs.evaluateAll((found) => found.map((input) => input.getAttribute("name")));
}

/** Width of a picture that is loaded. */
function widthOf(picture: object): number {
  return "naturalWidth" in picture ? Number(picture.naturalWidth) : 0;
}

/** What must survive an import, in one order. */
function byImage(tasks: readonly Task[]): unknown {
  const answer = ({ was_cancelled, ground_truth, result }: Annotation): string =>
    JSON.stringify([
      was_cancelled,
      ground_truth,
      result.map(({ value, meta }) => [value.choices, meta?.text]),
    ]);
  const entries = tasks.map(({ data, annotations, predictions }) => [
    data.image,
    annotations.map(answer).toSorted(),
    predictions.map(({ score, model_version, result }) => [score, model_version, result[0]?.value.choices]),
  ]);
  return Object.fromEntries(entries.map(([image, ...rest]) => [String(image), rest]));
}
