package io.qilin.kafka;

import io.qilin.api.error.ErrorCode;
import io.qilin.api.error.QilinException;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Describes a {@link KafkaStreamSink}.
 *
 * @param <T> what a message carries
 */
public final class SinkBuilder<T> {
  /** What a record takes besides key, headers and payload, at most. */
  static final int FRAME_BYTES = 16_384;

  private static final int MOST_BYTES = 30_000_000;

  final KafkaSettings settings;
  final String topic;
  final String writer;
  final KafkaEncoder<T> encoder;

  @Nullable
  SchemaVersion schema;

  boolean transactional = true;

  int remembered = 1 << 18;
  int mostBytes = 1_000_000;
  int batch = 10_000;

  SinkBuilder(KafkaSettings settings, String topic, String writer, KafkaEncoder<T> encoder) {
    this.settings = Objects.requireNonNull(settings, "settings");
    this.topic = KafkaNames.topic(topic);
    this.writer = KafkaNames.writer(writer);
    this.encoder = Objects.requireNonNull(encoder, "encoder");
  }

  /** What the headers say the payload is; nothing unless set. */
  public SinkBuilder<T> schema(SchemaVersion version) {
    schema = Objects.requireNonNull(version, "version");
    return this;
  }

  /**
   * Writes without transactions: readers see the messages of a flush one after the other, and a broker that fails at the wrong
   * moment may keep one twice. For brokers or access rules that do not allow transactions.
   */
  public SinkBuilder<T> withoutTransactions() {
    transactional = false;
    return this;
  }

  /**
   * How many of the last records of each partition are remembered; 262,144 unless set. It must be more than a partition gets, from
   * all who write there, between two checkpoints. They are read back when the sink is opened.
   */
  public SinkBuilder<T> remembered(int records) {
    remembered = positive("records that are remembered", records, 10_000_000);
    return this;
  }

  /**
   * The longest record with its key and headers, up to 30 MB; 1 MB unless set. The topic's {@code max.message.bytes} must be
   * 16,384 more.
   */
  public SinkBuilder<T> mostBytes(int bytes) {
    mostBytes = positive("bytes of a record", bytes, MOST_BYTES);
    return this;
  }

  /** How many messages may wait for a flush before the sink makes one, up to 100,000; 10,000 unless set, and 16 MiB in any case. */
  public SinkBuilder<T> batch(int messages) {
    batch = positive("messages of a batch", messages, 100_000);
    return this;
  }

  private static int positive(String what, int count, int most) {
    if (count < 1 || count > most) {
      throw QilinException.invalid("the number of " + what + " is 1 to " + most + ", was " + count);
    }
    return count;
  }

  /**
   * Connects, ends what an earlier sink of the same writer has left, and reads back what it has written.
   *
   * @throws QilinException DATA_NOT_FOUND if there is no such topic; INVALID_CONFIGURATION if the topic takes no record as long
   *     as may be sent; TIMEOUT if the broker does not answer within the deadline; AUTHENTICATION, AUTHORIZATION, CANCELLED
   */
  public KafkaStreamSink<T> open() {
    KafkaWriter opened = null;
    boolean whole = false;
    try {
      RecordLimit.require(settings, topic, mostBytes + FRAME_BYTES);
      opened = writer();
      KafkaStreamSink<T> sink = new KafkaStreamSink<>(this, opened, new WrittenIds(this).read());
      whole = true;
      return sink;
    } catch (RuntimeException e) {
      throw KafkaFailures.of("opening the sink for " + topic, ErrorCode.IO, e);
    } finally {
      if (!whole && opened != null) {
        opened.discard();
      }
    }
  }

  KafkaWriter writer() {
    return KafkaWriter.open(settings, mostBytes + FRAME_BYTES, writer, transactional);
  }
}
