import type { S3Answer, S3Request } from "../aws/s3-answers.ts";
import { startS3Server } from "../aws/s3-server.ts";
import type { Bucket } from "./records.ts";

/** The S3 server of a deployment. */
export interface S3Backend extends AsyncDisposable {
  endpoint: string;
  /** All objects of the bucket at this moment. */
  contents(): Promise<Bucket>;
}

/**
 * Starts an S3 server with one empty bucket.
 * @param around called around each request, which `act` performs. It may also return another response, never resolve, or return
 * undefined, which closes the connection
 */
export type OpenS3 = (
  bucket: string,
  around: (request: S3Request, act: () => S3Answer | Promise<S3Answer>) => Promise<S3Answer | undefined>,
) => Promise<S3Backend>;

/** Starts the S3 server of the tests. */
export const testS3: OpenS3 = async (bucket, around) => {
  const server = await startS3Server({ buckets: { [bucket]: [] }, around });
  return {
    endpoint: server.endpoint,
    contents: async () => server.bucket(bucket),
    [Symbol.asyncDispose]: () => server.close(),
  };
};
