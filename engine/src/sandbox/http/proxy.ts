/** A proxy of the host's network: which one requests of a scheme go through. */
export interface HttpProxy {
  /** The address of the proxy for `http`, such as `http://user:password@proxy.example:3128`. @default none */
  http?: string | undefined;
  /** The address of the proxy for `https`, which is asked for a tunnel. @default none */
  https?: string | undefined;
  /**
   * Hosts that are reached without it: names with everything below them, addresses, networks such as `10.0.0.0/8`, `*` for all; each
   * may end in a port.
   * @default none
   */
  except?: readonly string[] | undefined;
}

/** A proxy, checked. */
export interface ProxySettings {
  http: string | undefined;
  https: string | undefined;
  except: readonly string[];
}

/**
 * Resolves the option `proxy`: `environment` stands for `HTTP_PROXY`, `HTTPS_PROXY` and `NO_PROXY`, in either case; any other
 * text is the address of a proxy for everything.
 * @throws {TypeError} for an address that is none of an HTTP proxy
 */
export function resolveProxy(
  given: string | HttpProxy | undefined,
  env: Readonly<Record<string, string | undefined>>,
): ProxySettings | undefined {
  if (given === undefined) return undefined;
  const variable = (name: string): string | undefined => env[name.toLowerCase()] || env[name] || undefined;
  const proxy: HttpProxy =
    typeof given !== 'string'
      ? given
      : given !== 'environment'
        ? { http: given, https: given }
        : {
            http: variable('HTTP_PROXY'),
            https: variable('HTTPS_PROXY'),
            except: variable('NO_PROXY')?.split(/[\s,]+/),
          };
  const { http, https } = proxy;
  const except = (proxy.except ?? []).filter((each) => each !== '').map((each) => each.toLowerCase());
  const checked = { http: addressOf(http, 'http'), https: addressOf(https, 'https'), except };
  return checked.http === undefined && checked.https === undefined ? undefined : checked;
}

function addressOf(text: string | undefined, scheme: 'http' | 'https'): string | undefined {
  if (text === undefined) return undefined;
  const address = /^[a-z][a-z0-9+.-]*:\/\//i.test(text) ? text : `http://${text}`;
  let url: URL | undefined;
  try {
    url = new URL(address);
  } catch {
    url = undefined;
  }
  if (url !== undefined && /^https?:$/.test(url.protocol) && url.hostname !== '') return url.href;
  throw new TypeError(
    `Cannot use the proxy for ${scheme}: wanted an address such as "http://proxy.example:3128"; SOCKS is not supported`,
  );
}
