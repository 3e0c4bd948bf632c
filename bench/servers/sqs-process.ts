/** An SQS server in a separate process. For each message, a name, it creates a queue and answers with its URL. */
import { z } from "zod";
import { startSqsServer } from "../../test/aws/sqs-server.ts";
import { answerParent } from "../harness/child.ts";

const server = await startSqsServer();
answerParent(process, (name) => server.createQueue(z.string().parse(name)));
process.send?.(server.origin);
