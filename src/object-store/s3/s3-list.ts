import { ListObjectsV2Command, type ListObjectsV2CommandOutput, type S3Client } from "@aws-sdk/client-s3";
import { isKey, MAX_PAGE, type ListedObject } from "../object-store.ts";
import { WRITE_TEST } from "../object-store.ts";
import { given } from "./s3-error.ts";

interface Listing {
  bucket: string;
  /** Empty, or ends in "/"; the names that follow it are the keys. */
  root: string;
  prefix: string;
  startAfter: string;
  limit: number;
}

/**
 * As ObjectStore.list. Objects whose name is not a key are none of ours, such as the markers that consoles make for
 * folders; they and the one that writes are tried on do not count towards the limit, since a page that is short is taken
 * for the last.
 */
export async function listObjects(
  client: S3Client,
  { bucket, root, prefix, startAfter, limit }: Listing,
  abortSignal: AbortSignal,
): Promise<ListedObject[]> {
  const found: ListedObject[] = [];
  let token: string | undefined;
  do {
    const command = new ListObjectsV2Command({
      Bucket: bucket,
      Prefix: root + prefix,
      StartAfter: startAfter === "" ? undefined : root + startAfter,
      MaxKeys: token === undefined ? limit : MAX_PAGE,
      ContinuationToken: token,
    });
    const page = await client.send(command, { abortSignal });
    found.push(...ours(page, root));
    token = page.NextContinuationToken;
  } while (token !== undefined && found.length < limit);
  return found.slice(0, limit);
}

function ours({ Contents = [] }: ListObjectsV2CommandOutput, root: string): ListedObject[] {
  return Contents.flatMap(({ Key = "", Size = 0, LastModified }) => {
    const key = Key.slice(root.length);
    return isKey(key) && key !== WRITE_TEST
      ? [{ key, size: Size, modified: given(LastModified, "date") }]
      : [];
  });
}
