/** Hosts that serve the API and files; their paths stay. */
const SAME_PATH = /^(?:(?:www|canary|ptb)\.)?discord(?:app)?\.com$|^(?:cdn|media)\.discordapp\.(?:com|net)$/;
/** Hosts of the gateway, as in gateway.discord.gg and gateway-us-east1-b.discord.gg. */
const GATEWAY = /^gateway(?:-[\w-]+)?\.discord\.gg$/;

/**
 * Returns the path at the local Discord of a request to one of Discord's hosts; undefined for other hosts.
 * @param host name without a port
 * @param path with the query
 * @see https://discord.com/developers/docs/reference#http-api
 */
export function localPath(host: string, path: string): string | undefined {
  if (SAME_PATH.test(host)) return path;
  // The gateway has the path "/", and usually a query.
  return GATEWAY.test(host) ? `/gateway${path.replace(/^\/(?=\?|$)/, "")}` : undefined;
}
