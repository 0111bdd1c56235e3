import { GuestError } from '@wasm-plugin/abi';
import type { Gate } from './gate.js';
import { HOST_ONLY, hostOnly } from './host-only.js';

/** Methods of the resources of `wasi:sockets`, by class. No object of these classes is ever made. */
const METHODS: Readonly<Record<string, string>> = {
  TcpSocket: `startBind finishBind startConnect finishConnect startListen finishListen accept localAddress remoteAddress
    isListening addressFamily setListenBacklogSize keepAliveEnabled setKeepAliveEnabled keepAliveIdleTime
    setKeepAliveIdleTime keepAliveInterval setKeepAliveInterval keepAliveCount setKeepAliveCount hopLimit setHopLimit
    receiveBufferSize setReceiveBufferSize sendBufferSize setSendBufferSize subscribe shutdown`,
  UdpSocket: `startBind finishBind stream localAddress remoteAddress addressFamily unicastHopLimit setUnicastHopLimit
    receiveBufferSize setReceiveBufferSize sendBufferSize setSendBufferSize subscribe`,
  IncomingDatagramStream: 'receive subscribe',
  OutgoingDatagramStream: 'checkSend send subscribe',
  ResolveAddressStream: 'resolveNextAddress subscribe',
};

// oxlint-disable-next-line typescript/no-extraneous-class -- a resource without methods
class Network {
  constructor(key: typeof HOST_ONLY) {
    hostOnly(key);
  }
}

function refuseCall(): never {
  throw new GuestError('access-denied');
}

function refusingClass(methods: string): new (key: typeof HOST_ONLY) => object {
  // oxlint-disable-next-line typescript/no-extraneous-class -- its methods are added below
  const Class = class {
    constructor(key: typeof HOST_ONLY) {
      hostOnly(key);
    }
  };
  for (const method of methods.split(/\s+/))
    Object.defineProperty(Class.prototype, method, { value: refuseCall });
  return Class;
}

const { TcpSocket, UdpSocket, IncomingDatagramStream, OutgoingDatagramStream, ResolveAddressStream } =
  Object.fromEntries(Object.entries(METHODS).map(([name, methods]) => [name, refusingClass(methods)]));

/**
 * The interfaces of `wasi:sockets`. There is no capability for raw sockets: making one, and resolving a name, fails with
 * `access-denied`.
 */
export function socketImports(gate: Gate): Record<string, unknown> {
  const refuse = (): never => {
    gate.deny('sockets', 'host');
    refuseCall();
  };
  return {
    'wasi:sockets/network@0.2.0': { Network, networkErrorCode: () => undefined },
    'wasi:sockets/instance-network@0.2.0': { instanceNetwork: () => new Network(HOST_ONLY) },
    'wasi:sockets/ip-name-lookup@0.2.0': { ResolveAddressStream, resolveAddresses: refuse },
    'wasi:sockets/tcp@0.2.0': { TcpSocket },
    'wasi:sockets/tcp-create-socket@0.2.0': { createTcpSocket: refuse },
    'wasi:sockets/udp@0.2.0': { UdpSocket, IncomingDatagramStream, OutgoingDatagramStream },
    'wasi:sockets/udp-create-socket@0.2.0': { createUdpSocket: refuse },
  };
}
