import protobuf from 'protobufjs';

/** The services that every plugin has beside its own: see PROTOCOL.md. */
export const OWN_SERVICES = `syntax = "proto3";

package wasm_plugin.v1;

service Plugin {
  // A connection of the protocol of remote plugins: the line of each side, then frames. Each call has an instance of its own.
  rpc Connect(stream Frame) returns (stream Frame);
  // The line that the plugin sends first in a connection: its id, version and functions.
  rpc Describe(DescribeRequest) returns (Description);
}

message Frame {
  oneof content {
    string line = 1;
    bytes frame = 2;
  }
}

message DescribeRequest {}
message Description {
  string line = 1;
}
`;

/** gRPC's own service of health: https://github.com/grpc/grpc/blob/master/doc/health-checking.md */
const HEALTH = `syntax = "proto3";
package grpc.health.v1;
message HealthCheckRequest { string service = 1; }
message HealthCheckResponse {
  enum ServingStatus { UNKNOWN = 0; SERVING = 1; NOT_SERVING = 2; SERVICE_UNKNOWN = 3; }
  ServingStatus status = 1;
}
`;

/** The messages of hashicorp/go-plugin beside those of a plugin's own service. */
const GO_PLUGIN = `syntax = "proto3";
package plugin;
message Empty {}
message StdioData {
  enum Channel { INVALID = 0; STDOUT = 1; STDERR = 2; }
  Channel channel = 1;
  bytes data = 2;
}
message ConnInfo {
  message Knock { bool knock = 1; bool ack = 2; string error = 3; }
  uint32 service_id = 1;
  string network = 2;
  string address = 3;
  Knock knock = 4;
}
`;

/** A message as gRPC serializes it. */
export interface Wire<Message> {
  readonly serialize: (message: Message) => Buffer;
  readonly deserialize: (bytes: Buffer) => Message;
}

const root = new protobuf.Root();
for (const text of [OWN_SERVICES, HEALTH, GO_PLUGIN]) protobuf.parse(text, root, { keepCase: true });

function wire<Message extends object>(name: string): Wire<Message> {
  const type = root.lookupType(name);
  return {
    serialize: (message) => Buffer.from(type.encode(message).finish()),
    deserialize: (bytes) => type.decode(bytes) as unknown as Message,
  };
}

/** One message of a connection. */
export type Frame = { line: string } | { frame: Uint8Array };

export const FRAME_WIRE =
  wire<Partial<Record<'line', string> & Record<'frame', Uint8Array>>>('wasm_plugin.v1.Frame');
export const DESCRIBE_WIRE = wire<object>('wasm_plugin.v1.DescribeRequest');
export const DESCRIPTION_WIRE = wire<{ line: string }>('wasm_plugin.v1.Description');
export const HEALTH_REQUEST_WIRE = wire<{ service: string }>('grpc.health.v1.HealthCheckRequest');
export const HEALTH_RESPONSE_WIRE = wire<{ status: number }>('grpc.health.v1.HealthCheckResponse');
export const EMPTY_WIRE = wire<object>('plugin.Empty');
export const STDIO_WIRE = wire<{ channel: number; data: Uint8Array }>('plugin.StdioData');
export const CONN_INFO_WIRE = wire<{ service_id: number; network: string; address: string }>(
  'plugin.ConnInfo',
);

/** Statuses of gRPC's service of health. */
export const HEALTH_STATUS = { serving: 1, notServing: 2, unknown: 3 } as const;

export const CONNECT_PATH = '/wasm_plugin.v1.Plugin/Connect';
export const DESCRIBE_PATH = '/wasm_plugin.v1.Plugin/Describe';
