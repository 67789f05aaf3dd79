package io.qilin.flink;

import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.connector.kafka.source.reader.deserializer.KafkaRecordDeserializationSchema;
import org.apache.flink.util.Collector;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** Makes messages of records, bad ones too. */
final class KafkaMessageReader implements KafkaRecordDeserializationSchema<SourceMessage> {
  private static final long serialVersionUID = 1L;

  private final int mostBytes;

  KafkaMessageReader(int mostBytes) {
    this.mostBytes = mostBytes;
  }

  @Override
  public void deserialize(ConsumerRecord<byte[], byte[]> record, Collector<SourceMessage> out) {
    String source = record.topic() + "-" + record.partition();
    byte[] value = record.value();
    if (value == null) {
      out.collect(
          SourceMessage.damaged(source, record.offset(), new byte[0], "the record has no payload"));
    } else if (value.length > mostBytes) {
      out.collect(SourceMessage.damaged(
          source,
          record.offset(),
          new byte[0],
          "the payload has " + value.length + " bytes, and " + mostBytes + " at most"));
    } else {
      out.collect(SourceMessage.of(source, record.offset(), value));
    }
  }

  @Override
  public TypeInformation<SourceMessage> getProducedType() {
    return Forms.type(Forms.MESSAGE);
  }
}
