// Encodes logs as OpenTelemetry does, and reads answers. A line of JSON in, one out:
// { resources: [{ schemaUrl, attributes, scope: { name, version }, records: [{ time, severity, severityText, body, attributes }] }] } gives base64;
// times are milliseconds, and whole numbers in attributes are integers. { response: base64 } gives what it says.
import { createInterface } from "node:readline";
import { ProtobufLogsSerializer } from "@opentelemetry/otlp-transformer";
import { resourceFromAttributes } from "@opentelemetry/resources";

function encode({ resources }) {
  const records = resources.flatMap(({ schemaUrl, attributes, scope, records }) => {
    const resource = resourceFromAttributes(attributes, { schemaUrl });
    return records.map(record => {
      const time = [Math.floor(record.time / 1000), (record.time % 1000) * 1_000_000];
      return {
        hrTime: time, hrTimeObserved: time, resource, instrumentationScope: scope, droppedAttributesCount: 0,
        severityNumber: record.severity, severityText: record.severityText, body: record.body, attributes: record.attributes,
      };
    });
  });
  return Buffer.from(ProtobufLogsSerializer.serializeRequest(records)).toString("base64");
}

for await (const line of createInterface({ input: process.stdin })) {
  const asked = JSON.parse(line);
  const answer = asked.resources ? encode(asked) : ProtobufLogsSerializer.deserializeResponse(Buffer.from(asked.response, "base64"));
  console.log(JSON.stringify(answer));
}
