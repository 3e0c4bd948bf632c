import { execFile } from "node:child_process";
import { join } from "node:path";
import { promisify } from "node:util";

/** Files in PEM of a certificate for 127.0.0.1 that signs itself. */
export async function makeCertificate(folder: string): Promise<{ key: string; certificate: string }> {
  const [key, certificate] = [join(folder, "key.pem"), join(folder, "certificate.pem")];
  const request =
    "req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -noenc -days 2 -subj /CN=127.0.0.1";
  const files = ["-addext", "subjectAltName=IP:127.0.0.1", "-keyout", key, "-out", certificate];
  await promisify(execFile)("openssl", [...request.split(" "), ...files]);
  return { key, certificate };
}
