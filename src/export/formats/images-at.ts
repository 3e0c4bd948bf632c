/**
 * Where Label Studio finds files of its own machine: those in `images` below its LABEL_STUDIO_LOCAL_FILES_DOCUMENT_ROOT.
 * @see https://labelstud.io/guide/storage#Local-storage
 */
export const LOCAL_FILES = "/data/local-files/?d=images/";

/** Where an image is, for a reader who does not get its bytes. @param imagesAt the address of their folder */
export function addressIn(imagesAt: string, image: string): string {
  return /[/=]$/.test(imagesAt) ? `${imagesAt}${image}` : `${imagesAt}/${image}`;
}

/** Ground Truth reads images from S3 alone. */
export function isOnS3(imagesAt: string | undefined): imagesAt is string {
  return imagesAt?.startsWith("s3://") ?? false;
}
