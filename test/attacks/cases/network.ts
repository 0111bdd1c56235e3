import { HttpClient, type Tagged } from '../../sandbox/http-client.js';
import { testServer, type TestServer } from '../../sandbox/http-server.js';
import type { Attack } from '../attack.js';

type ClientOptions = ConstructorParameters<typeof HttpClient>[0];

interface Reach {
  /** Grants; of two ports of this machine, a grant may name the first one. */
  grants: (ports: [number, number]) => string[];
  permissions?: string[];
  /** Addresses that the plugin requests. */
  urls: (ports: [number, number]) => string[];
  http?: ClientOptions['http'];
}

/** An attack that requests an ungranted address. It must be refused, and must not reach the server. */
function reach(name: string, { grants, permissions, urls, http = {} }: Reach): Attack {
  return {
    name,
    folder: 'network',
    limitMs: 5000,
    memoryBytes: 64 * 2 ** 20,
    async prepare() {
      const servers: [TestServer, TestServer] = await Promise.all([testServer(), testServer()]);
      const ports: [number, number] = [servers[0].port, servers[1].port];
      const hosts = { localhost: ['127.0.0.1'], 'svc.internal': ['127.0.0.1'], ...http.hosts };
      const granted = grants(ports);
      return async () => {
        const client = new HttpClient({
          grants: granted,
          permissions: permissions ?? granted,
          http: { ...http, hosts },
        });
        for (const url of urls(ports)) {
          const code = codeOf(client, url);
          if (code !== 'destination-IP-prohibited') throw new Error(`${url}: ${code}`);
        }
        const seen = (await Promise.all(servers.map((server) => server.seen()))).flatMap((each) => each.seen);
        if (seen.length > 0) throw new Error(`the server was asked for ${seen.join(', ')}`);
      };
    },
  };
}

function codeOf(client: HttpClient, url: string): string {
  try {
    return client.get(url);
  } catch (error) {
    return (error as { payload?: Tagged }).payload?.tag ?? (error as Error).message;
  }
}

export const attacks: Attack[] = [
  ...['127.0.0.1', 'localhost'].map((host) =>
    reach(`another port of ${host}, which a grant names on one`, {
      grants: ([port]) => ['http:*:*', `http:${host}:${port}`],
      urls: ([, other]) => [`http://${host}:${other}/`, `http://${host.toUpperCase()}.:${other}/`],
    }),
  ),
  reach('the usual ports of localhost, which a grant names on another', {
    grants: ([port]) => ['http:*', `http:localhost:${port}`],
    urls: () => ['http://localhost/', 'https://localhost/', 'http://localhost:443/'],
  }),
  reach('an address that the host names, under a manifest of patterns', {
    grants: ([port]) => [`http:127.0.0.1:${port}`, 'http:localhost:*'],
    permissions: ['http:*:*'],
    urls: ([port, other]) => [`http://127.0.0.1:${port}/`, `http://localhost:${other}/`],
  }),
  reach('a private network that is named, by a pattern and by another port', {
    grants: ([port]) => ['http:*.internal:*', 'http:*:*', `http:svc.internal:${port}`],
    urls: ([port, other]) => [
      `http://svc.internal:${other}/`,
      `http://other.internal:${port}/`,
      `http://127.0.0.1:${port}/`,
      `http://localhost:${port}/`,
    ],
    http: { privateNetworks: ['127.0.0.0/8'], hosts: { 'other.internal': ['127.0.0.1'] } },
  }),
  reach('numbers and mapped addresses, beside an address that is named', {
    grants: ([port]) => ['http:*:*', `http:127.0.0.1:${port}`],
    urls: ([port]) =>
      [
        '2130706433',
        '0x7f000001',
        '0x7f.1',
        '127.1',
        '0177.0.0.1',
        '[::ffff:127.0.0.1]',
        '[::1]',
        '0.0.0.0',
      ].map((host) => `http://${host}:${port}/`),
  }),
];
