/** An SQS server in a process of its own. Answers the name of a queue, which it makes, with its address. */
import { z } from "zod";
import { startSqsServer } from "../test/aws/sqs-server.ts";
import { answerParent } from "./child.ts";

const server = await startSqsServer();
answerParent(process, (name) => server.createQueue(z.string().parse(name)));
process.send?.(server.origin);
