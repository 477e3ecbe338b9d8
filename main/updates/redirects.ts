// Where an update server may lead this machine: nowhere but to itself. It asks nobody.

/**
 * True when a redirect stays with the same host name and does not leave TLS. What an administrator has allowed is the server
 * that policy names; a server that was taken over must not make this machine ask others on the agency's network.
 */
export function mayFollow(from: URL, to: URL): boolean {
  const staysSecure = to.protocol === 'https:' || (to.protocol === 'http:' && from.protocol === 'http:');
  return to.hostname === from.hostname && staysSecure;
}
