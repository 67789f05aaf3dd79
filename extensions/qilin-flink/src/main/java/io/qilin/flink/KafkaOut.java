package io.qilin.flink;

import io.qilin.api.error.ErrorCode;
import io.qilin.api.error.QilinException;
import io.qilin.data.stream.ClosedWindow;
import io.qilin.data.stream.DeadLetter;
import java.time.Duration;
import java.util.Objects;
import java.util.Properties;
import org.apache.flink.connector.base.DeliveryGuarantee;
import org.apache.flink.connector.kafka.sink.KafkaRecordSerializationSchema;
import org.apache.flink.connector.kafka.sink.KafkaSink;
import org.apache.flink.core.execution.CheckpointingMode;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.environment.CheckpointConfig;
import org.apache.kafka.clients.producer.ProducerConfig;

/**
 * Where results of a job go in Kafka, each exactly once for whoever reads with {@code isolation.level=read_committed}: what is
 * written between two checkpoints is one transaction. Records have the headers of qilin-kafka, {@code qilin-id} and {@code
 * qilin-event-time}, and payloads of {@link io.qilin.data.stream.WindowCodec} and {@link io.qilin.data.stream.DeadLetterCodec}. Immutable.
 *
 * <p>A transaction that lasts longer than the broker allows is lost, and the job cannot commit it any more. So the timeout
 * must be longer than the interval and the timeout of checkpoints together, plus the longest time that the job may be down; and at most
 * the broker's {@code transaction.max.timeout.ms}, 15 min unless set there.
 *
 * @param bootstrap where brokers are, {@code host:port,…}
 * @param topic the topic, which must exist
 * @param writer begins the transactional ids and names the operator in savepoints; nobody else who writes has it, in this job or another,
 *     and the job keeps it
 * @param transactionTimeout how long a transaction may last
 * @param brokerMaximum the broker's {@code transaction.max.timeout.ms}
 * @param properties of the client, security among them; never printed
 */
public record KafkaOut(
    String bootstrap,
    String topic,
    String writer,
    Duration transactionTimeout,
    Duration brokerMaximum,
    Properties properties) {
  private static final Duration BROKER_MAXIMUM = Duration.ofMinutes(15);

  /**
   * Checks the parts.
   *
   * @throws QilinException INVALID_ARGUMENT for empty names; INVALID_CONFIGURATION if the timeout is not 1 s to the broker's
   *     maximum
   */
  public KafkaOut {
    if (bootstrap.isEmpty() || topic.isEmpty() || writer.isEmpty()) {
      throw QilinException.invalid("brokers, topic and writer need names, were "
          + QilinException.quote(bootstrap) + ", " + QilinException.quote(topic) + ", "
          + QilinException.quote(writer));
    }
    if (transactionTimeout.compareTo(Duration.ofSeconds(1)) < 0
        || transactionTimeout.compareTo(brokerMaximum) > 0) {
      throw new QilinException(
          ErrorCode.INVALID_CONFIGURATION,
          "a transaction lasts 1 s to the broker's transaction.max.timeout.ms of " + brokerMaximum
              + ", was " + transactionTimeout + "; raise the broker's, and say so here");
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

  /** A topic with transactions of at most 15 min. */
  public static KafkaOut of(String bootstrap, String topic, String writer) {
    return new KafkaOut(bootstrap, topic, writer, BROKER_MAXIMUM, BROKER_MAXIMUM, new Properties());
  }

  /** This with another transaction timeout, and the broker's maximum. */
  public KafkaOut transactionTimeout(Duration longest, Duration broker) {
    return new KafkaOut(bootstrap, topic, writer, longest, broker, properties);
  }

  /** This with one more property of the client. */
  public KafkaOut property(String key, String value) {
    Properties more = properties();
    more.setProperty(key, value);
    return new KafkaOut(bootstrap, topic, writer, transactionTimeout, brokerMaximum, more);
  }

  /**
   * Lets windows go to the topic, one record each, written by one task under one key, so that they stay in order.
   *
   * @throws QilinException INVALID_CONFIGURATION if the job makes no checkpoints, or such as are only at least once, or makes them
   *     too seldom for the timeout
   */
  public void windows(DataStream<ClosedWindow> windows) {
    write(windows, new KafkaWindowWriter(topic));
  }

  /**
   * Lets dead letters go to the topic.
   *
   * @throws QilinException as {@link #windows}
   */
  public void deadLetters(DataStream<DeadLetter> letters) {
    write(letters, new KafkaLetterWriter(topic));
  }

  private <T> void write(DataStream<T> results, KafkaRecordSerializationSchema<T> records) {
    check(
        Objects.requireNonNull(results, "results").getExecutionEnvironment().getCheckpointConfig());
    Properties producer = properties();
    producer.setProperty(
        ProducerConfig.TRANSACTION_TIMEOUT_CONFIG, Long.toString(transactionTimeout.toMillis()));
    KafkaSink<T> sink = KafkaSink.<T>builder()
        .setKafkaProducerConfig(producer)
        .setBootstrapServers(bootstrap)
        .setDeliveryGuarantee(DeliveryGuarantee.EXACTLY_ONCE)
        .setTransactionalIdPrefix(writer)
        .setRecordSerializer(records)
        .build();
    results.sinkTo(sink).name("kafka " + topic).uid("qilin-kafka-out-" + writer).setParallelism(1);
  }

  private void check(CheckpointConfig checkpoints) {
    if (!checkpoints.isCheckpointingEnabled()) {
      throw new QilinException(
          ErrorCode.INVALID_CONFIGURATION,
          "results in Kafka become visible with checkpoints, and the job makes none; call"
              + " enableCheckpointing before");
    }
    if (checkpoints.getCheckpointingConsistencyMode() != CheckpointingMode.EXACTLY_ONCE) {
      throw new QilinException(
          ErrorCode.INVALID_CONFIGURATION,
          "checkpoints that are AT_LEAST_ONCE count records twice after a failure; make them"
              + " EXACTLY_ONCE");
    }
    long longest = checkpoints.getCheckpointInterval() + checkpoints.getCheckpointTimeout();
    if (transactionTimeout.toMillis() <= longest) {
      throw new QilinException(
          ErrorCode.INVALID_CONFIGURATION,
          "a transaction of " + topic + " lasts " + transactionTimeout
              + " at most, and may have to wait " + Duration.ofMillis(longest)
              + " for its checkpoint; lower the interval or the timeout of checkpoints, or raise"
              + " transactionTimeout");
    }
  }

  /** Without the properties, as there may be secrets among them. */
  @Override
  public String toString() {
    return "topic " + topic + " at " + bootstrap + " by " + writer;
  }
}
