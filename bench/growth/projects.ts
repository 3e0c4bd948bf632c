import type { Job } from "../../src/jobs/job.ts";
import type { Figure } from "../harness/figures.ts";
import { startS3, type BenchS3 } from "../servers/s3.ts";
import { measureCosts, type Subject, type WorkCost } from "./project-costs.ts";
import { projectFigures, type ProjectRound } from "./project-figures.ts";
import { makeForgetJobs, makeProjectJobs, makeProjectPresses, projectWorker } from "./project-worker.ts";

const ROUNDS = 3;
const IMAGES = 20;
/** Rows in each project's label file before the measured presses. */
const ROWS = 200;
const FEW_PROJECTS = 3;
const MANY_PROJECTS = 10_000;
/** Presses of a worker before it is measured. */
const WARM_UP_PRESSES = 20;
const PRESSES = { turns: 40, perTurn: 4 };
const FIRST_PRESSES = { turns: 20, perTurn: 1 };
const ROUNDS_OF_IMAGES = { turns: 12, perTurn: 1 };
const PROGRESS_CALLS = { turns: 7, perTurn: 1 };
const ERASURES = { turns: 5, perTurn: 1 };

/**
 * Numbers of projects that are pressed in turn, and the first of these projects. A worker keeps 100 projects, and 1,000 channels for
 * 30 seconds, so the largest number comes first.
 */
export const IN_TURN = [1_100, 200, 100] as const;
const FIRST_IN_TURN = [400, 200, 100] as const;
const PRESSES_IN_TURN = { turns: 20, perTurn: 5 };

let people = 5_000;

/**
 * Measures what a press, a round, `/progress` and `/forget-me` cost a whole worker in a store with one project (three for
 * `/forget-me`) and in one with 10,000, interleaved, on S3 servers without latency, which shows differences best. Then presses in
 * more and more projects in turn.
 * @param options.meanwhile makes more figures during the longest preparation, on the other core; they come last
 */
export async function projectCosts({ meanwhile }: { meanwhile: () => Promise<Figure[]> }): Promise<Figure[]> {
  await using disposables = new AsyncDisposableStack();
  const counts = [1, FEW_PROJECTS, MANY_PROJECTS];
  const servers = await Promise.all(
    counts.map((count) => startS3({ images: 0, rows: 0, projects: { count, images: IMAGES, rows: ROWS } })),
  );
  const [one, few, many] = servers.map((server) => disposables.use(server));
  if (one === undefined || few === undefined || many === undefined) throw new Error("a server is missing");
  const rounds: ProjectRound[] = [];
  while (rounds.length < ROUNDS)
    rounds.push({
      firstPress: await firstPressCosts([one, many]),
      ...(await runningCosts([one, many])),
      progress: await progressCosts([one, many]),
      forget: await forgetCosts([
        [few, [0, 1, 2]],
        [many, [5_000, 5_001, 5_002]],
      ]),
    });
  const [subjects, others] = await Promise.all([startRotations(disposables, many), meanwhile()]);
  return [...projectFigures(rounds, await rotationCosts(subjects)), ...others];
}

const withWorker = (server: BenchS3, work: (worker: ReturnType<typeof projectWorker>) => Promise<void>) => ({
  server,
  async work(times: number) {
    for (let done = 0; done < times; done += 1) {
      await using worker = projectWorker(server.store);
      await work(worker);
    }
  },
});

/** The first press in a worker, which has to read the project. */
function firstPressCosts(servers: readonly BenchS3[]): Promise<WorkCost[]> {
  const subjects = servers.map((server) =>
    withWorker(server, (worker) => worker.run(makeProjectPresses([0]))),
  );
  return measureCosts(subjects, FIRST_PRESSES);
}

/** `/progress` in a new worker, which has to count all answers. */
function progressCosts(servers: readonly BenchS3[]): Promise<WorkCost[]> {
  const subjects = servers.map((server) =>
    withWorker(server, (worker) => worker.run(makeProjectJobs("progress", 0))),
  );
  return measureCosts(subjects, PROGRESS_CALLS);
}

/** Presses and rounds in one project, in a worker that knows it. */
async function runningCosts(servers: readonly BenchS3[]): Promise<Pick<ProjectRound, "press" | "round">> {
  await using disposables = new AsyncDisposableStack();
  const running = servers.map((server) => ({ server, worker: disposables.use(projectWorker(server.store)) }));
  for (const { worker } of running) {
    await worker.run(makeProjectPresses(zeros(WARM_UP_PRESSES)));
    await worker.run(makeProjectJobs("round", 0));
  }
  const subjects = (jobs: (times: number) => Job[]) =>
    running.map(({ server, worker }) => ({ server, work: (times: number) => worker.run(jobs(times)) }));
  return {
    press: await measureCosts(
      subjects((times) => makeProjectPresses(zeros(times))),
      PRESSES,
    ),
    round: await measureCosts(
      subjects((times) => makeProjectJobs("round", 0, times)),
      ROUNDS_OF_IMAGES,
    ),
  };
}

/** `/forget-me` of people who have answered in the projects with these numbers. */
async function forgetCosts(
  stores: readonly (readonly [server: BenchS3, projects: readonly number[]])[],
): Promise<WorkCost[]> {
  await using disposables = new AsyncDisposableStack();
  const subjects = [];
  for (const [server, projects] of stores) {
    const worker = disposables.use(projectWorker(server.store));
    const users = Array.from({ length: ERASURES.turns }, () => String((people += 1)));
    for (const user of users) await worker.run(makeProjectPresses(projects, user));
    const jobs = users.flatMap((user) => makeForgetJobs(user));
    subjects.push({ server, work: (times: number) => worker.run(jobs.splice(0, times)) });
  }
  return await measureCosts(subjects, ERASURES);
}

/**
 * Presses in each of some projects in turn, in a worker that has seen all of them, in each round. The rounds follow each other, because
 * seeing all projects takes much longer than the measured presses.
 */
async function rotationCosts(subjects: readonly Subject[]): Promise<(readonly WorkCost[])[]> {
  const rounds: (readonly WorkCost[])[] = [];
  while (rounds.length < ROUNDS) rounds.push(await measureCosts(subjects, PRESSES_IN_TURN));
  return rounds;
}

/** Starts a worker for each number of projects, and presses once in each of its projects. The first takes longest by far. */
async function startRotations(disposables: AsyncDisposableStack, server: BenchS3): Promise<Subject[]> {
  const subjects: Subject[] = [];
  for (const [index, count] of IN_TURN.entries()) {
    const first = FIRST_IN_TURN[index] ?? 0;
    const projects = Array.from({ length: count }, (_, number) => first + number);
    const worker = disposables.use(projectWorker(server.store));
    await worker.run(makeProjectPresses(projects));
    let next = 0;
    const following = (): number => projects[(next += 1) % count] ?? first;
    const work = (times: number): Promise<void> =>
      worker.run(makeProjectPresses(Array.from({ length: times }, following)));
    subjects.push({ server, work });
  }
  return subjects;
}

const zeros = (count: number): number[] => Array<number>(count).fill(0);
