package io.qilin.kafka;

import io.qilin.api.error.ErrorCode;
import io.qilin.api.error.QilinException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.function.LongSupplier;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.common.KafkaException;

/** Describes a {@link KafkaReader}; {@link #open} needs at least one topic. */
public final class ReaderBuilder {
  final KafkaSettings settings;
  final String group;
  final StartAt start;
  final Map<String, PayloadSchemas> topics = new LinkedHashMap<>();
  int batch = 1024;
  int mostBytes = 1 << 20;
  boolean untilEnd;
  LongSupplier ticker = () -> 0;
  Duration outage = Duration.ofDays(1);

  ReaderBuilder(KafkaSettings settings, String group, StartAt start) {
    this.settings = Objects.requireNonNull(settings, "settings");
    this.group = KafkaNames.group(group);
    this.start = Objects.requireNonNull(start, "start");
  }

  /** Adds a topic with any payloads. */
  public ReaderBuilder topic(String name) {
    return topic(name, PayloadSchemas.ANY);
  }

  /**
   * Adds a topic.
   *
   * @param schemas the forms of payload that are understood
   */
  public ReaderBuilder topic(String name, PayloadSchemas schemas) {
    topics.put(KafkaNames.topic(name), Objects.requireNonNull(schemas, "schemas"));
    return this;
  }

  /** How many messages are fetched at once, 1 to 100,000; 1,024 unless set. */
  public ReaderBuilder batch(int messages) {
    if (messages < 1 || messages > 100_000) {
      throw QilinException.invalid("a batch has 1 to 100000 messages, was " + messages);
    }
    batch = messages;
    return this;
  }

  /** The longest payload; a longer one is passed over as damaged. 1 MiB unless set. */
  public ReaderBuilder mostBytes(int bytes) {
    if (bytes < 1) {
      throw QilinException.invalid("the longest payload has at least one byte, was " + bytes);
    }
    mostBytes = bytes;
    return this;
  }

  /** Ends where the partitions end when it is opened; unless set, it never ends. */
  public ReaderBuilder untilEnd() {
    untilEnd = true;
    return this;
  }

  /**
   * For how long a broker may be silent before {@link KafkaStreamSource#poll} fails with NETWORK; unless set, it waits for the broker without
   * end, and {@link KafkaReader#health} knows of no silence.
   *
   * @param nanoTicker nanoseconds from an arbitrary origin
   * @param longest positive; a broker that restarts is away for some seconds
   */
  public ReaderBuilder outageAfter(LongSupplier nanoTicker, Duration longest) {
    ticker = Objects.requireNonNull(nanoTicker, "nanoTicker");
    if (longest.isNegative() || longest.isZero()) {
      throw QilinException.invalid("the silence of a broker is positive, was " + longest);
    }
    outage = longest;
    return this;
  }

  /**
   * Connects.
   *
   * @throws QilinException INVALID_ARGUMENT without a topic; DATA_NOT_FOUND if there is no such topic, or what the group was
   *     to read next is forgotten; TIMEOUT if the broker does not answer within the deadline; AUTHENTICATION, AUTHORIZATION,
   *     INVALID_CONFIGURATION, CANCELLED
   */
  public KafkaReader open() {
    if (topics.isEmpty()) {
      throw QilinException.invalid("a reader needs a topic");
    }
    Consumer<byte[], byte[]> consumer =
        KafkaClients.consumer(settings, settings.consumer(group, batch));
    boolean opened = false;
    try {
      KafkaReader reader = new KafkaReader(this, consumer);
      opened = true;
      return reader;
    } catch (KafkaException e) {
      throw KafkaFailures.of("opening " + topics.keySet(), ErrorCode.DATA_FETCH, e);
    } finally {
      if (!opened) {
        KafkaClients.close(consumer);
      }
    }
  }
}
