package io.qilin.flink;

import io.qilin.api.error.QilinException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Properties;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.connector.kafka.source.KafkaSource;
import org.apache.flink.connector.kafka.source.KafkaSourceBuilder;
import org.apache.flink.connector.kafka.source.enumerator.initializer.OffsetsInitializer;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.OffsetResetStrategy;

/**
 * A topic as messages of a job. Each partition is one source, named {@code topic-partition} as by qilin-kafka; positions are
 * offsets. A record without a payload and one that is too long are damaged messages. Aborted transactions are not read.
 * Offsets are committed with each checkpoint, which tells others how far the job is; after a failure the job goes on from its
 * own checkpoint. Immutable.
 *
 * @param bootstrap where brokers are, {@code host:port,…}
 * @param topic the topic
 * @param group the consumer group whose offsets are committed
 * @param start where to begin without a checkpoint
 * @param toEnd whether to read what is there when the job starts and then end
 * @param mostBytes the longest payload
 * @param properties of the client, security among them; never printed
 */
public record KafkaIn(
    String bootstrap,
    String topic,
    String group,
    Start start,
    boolean toEnd,
    int mostBytes,
    Properties properties) {
  private static final int MOST_BYTES = 1 << 20;

  /** Where to begin without a checkpoint. */
  public enum Start {
    /** At the offsets of the group, or the beginning if it has none. */
    COMMITTED,
    /** At the beginning. */
    EARLIEST,
    /** At the end. */
    LATEST
  }

  /**
   * Checks the parts.
   *
   * @throws QilinException INVALID_ARGUMENT for empty names or a length that is not 1 byte to 64 MiB
   */
  public KafkaIn {
    Objects.requireNonNull(start, "start");
    if (bootstrap.isEmpty() || topic.isEmpty() || group.isEmpty()) {
      throw QilinException.invalid("brokers, topic and group need names, were "
          + QilinException.quote(bootstrap) + ", " + QilinException.quote(topic) + ", "
          + QilinException.quote(group));
    }
    if (mostBytes < 1 || mostBytes > SourceMessage.MOST_BYTES) {
      throw QilinException.invalid(
          "the longest payload has 1 to " + SourceMessage.MOST_BYTES + " bytes, was " + mostBytes);
    }
    properties = copy(properties);
  }

  private static Properties copy(Properties properties) {
    Properties copy = new Properties();
    copy.putAll(properties);
    return copy;
  }

  /** A copy. */
  @Override
  public Properties properties() {
    return copy(properties);
  }

  /** A topic from the offsets of the group on, without end, payloads of at most 1 MiB. */
  public static KafkaIn of(String bootstrap, String topic, String group) {
    return new KafkaIn(
        bootstrap, topic, group, Start.COMMITTED, false, MOST_BYTES, new Properties());
  }

  /** This with another beginning. */
  public KafkaIn startAt(Start other) {
    return new KafkaIn(bootstrap, topic, group, other, toEnd, mostBytes, properties);
  }

  /** This up to what is there when the job starts. */
  public KafkaIn untilNow() {
    return new KafkaIn(bootstrap, topic, group, start, true, mostBytes, properties);
  }

  /** This with another longest payload, in bytes, 1 to 64 MiB. */
  public KafkaIn mostBytes(int bytes) {
    return new KafkaIn(bootstrap, topic, group, start, toEnd, bytes, properties);
  }

  /** This with one more property of the client. */
  public KafkaIn property(String key, String value) {
    Properties more = properties();
    more.setProperty(key, value);
    return new KafkaIn(bootstrap, topic, group, start, toEnd, mostBytes, more);
  }

  /** The names of the sources that a topic of so many partitions has, for {@link FlinkWindows#of}. */
  public List<String> sources(int partitions) {
    List<String> names = new ArrayList<>();
    for (int i = 0; i < partitions; i++) {
      names.add(topic + "-" + i);
    }
    return names;
  }

  /** The connector's source. */
  public KafkaSource<SourceMessage> source() {
    KafkaSourceBuilder<SourceMessage> builder = KafkaSource.<SourceMessage>builder()
        .setProperties(properties)
        .setBootstrapServers(bootstrap)
        .setTopics(topic)
        .setGroupId(group)
        .setProperty(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed")
        .setStartingOffsets(offsets())
        .setDeserializer(new KafkaMessageReader(mostBytes));
    if (toEnd) {
      builder.setBounded(OffsetsInitializer.latest());
    }
    return builder.build();
  }

  @SuppressWarnings("deprecation") // The connector has no other name for it.
  private OffsetsInitializer offsets() {
    return switch (start) {
      case COMMITTED -> OffsetsInitializer.committedOffsets(OffsetResetStrategy.EARLIEST);
      case EARLIEST -> OffsetsInitializer.earliest();
      case LATEST -> OffsetsInitializer.latest();
    };
  }

  /** Adds the source to a job. Event time is known behind the windows only, so it has no watermarks. */
  public DataStream<SourceMessage> messages(StreamExecutionEnvironment environment) {
    return environment
        .fromSource(
            source(), WatermarkStrategy.noWatermarks(), "kafka " + topic, Forms.type(Forms.MESSAGE))
        .uid("qilin-kafka-in-" + topic);
  }

  /** Without the properties, as there may be secrets among them. */
  @Override
  public String toString() {
    return "topic " + topic + " at " + bootstrap + " for " + group;
  }
}
