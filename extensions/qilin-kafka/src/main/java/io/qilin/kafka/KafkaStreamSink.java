package io.qilin.kafka;

import io.qilin.api.error.ErrorCode;
import io.qilin.api.error.QilinException;
import io.qilin.api.stream.StreamMessage;
import io.qilin.api.stream.StreamSink;
import io.qilin.data.stream.RecentIds;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Headers;
import org.jspecify.annotations.Nullable;

/**
 * Messages in a topic, each once for whoever reads with {@code isolation.level=read_committed}. What is taken between two
 * flushes is one transaction, which begins with the flush, so that none is open while nothing happens. Records carry the id of
 * their message; the ids of the last records are read back when the sink is opened, so that a pipeline which goes on from its
 * checkpoint writes nothing twice, wherever it was killed.
 *
 * <p><b>Failures.</b> What was taken and not flushed is kept. While a broker is away messages are still taken, up to a batch; a flush
 * says so with a typed error, and the next one opens the connection again, reads back what has arrived, and sends the rest. So
 * no checkpoint passes over what is not durable. If another sink of the same writer was opened, every call fails with CONFLICT:
 * build the pipeline again over its checkpoint.
 *
 * <p>The key of a record is the key of the message, so messages of one key lie in one partition, in order. Used by one thread at a
 * time.
 *
 * @param <T> what a message carries
 */
public final class KafkaStreamSink<T> implements StreamSink<T> {
  private static final int MOST_ID = 1000;
  private static final int MOST_PENDING_BYTES = 16 << 20;

  private final SinkBuilder<T> settings;
  private final RecentIds ids;
  private KafkaWriter writer;

  /** What was taken since the last flush. */
  private final List<ProducerRecord<byte[], byte[]>> pending = new ArrayList<>();

  private long pendingBytes;

  /** Whether a flush failed, so that it is not known what of the pending has arrived. */
  private boolean doubtful;

  private @Nullable QilinException fenced;
  private boolean closed;

  KafkaStreamSink(SinkBuilder<T> settings, KafkaWriter writer, RecentIds ids) {
    this.settings = settings;
    this.writer = writer;
    this.ids = ids;
  }

  /**
   * Begins to describe a sink.
   *
   * @param settings how brokers are reached
   * @param topic where it writes; it must exist
   * @param writer a stable name, which no other sink that runs has: the transactional id
   * @param encoder how payloads are written
   */
  public static <T> SinkBuilder<T> builder(
      KafkaSettings settings, String topic, String writer, KafkaEncoder<T> encoder) {
    return new SinkBuilder<>(settings, topic, writer, encoder);
  }

  /**
   * {@inheritDoc}
   *
   * @throws QilinException LIMIT_EXCEEDED for a message that is too long; CONFLICT if another sink of the same writer was
   *     opened; as {@link #flush} if a batch waits and cannot be written
   */
  @Override
  public boolean accept(StreamMessage<T> message) {
    requireOpen();
    if (ids.contains(message.id())) {
      return false;
    }
    ProducerRecord<byte[], byte[]> record = record(message);
    long bytes = RecordHeaders.bytes(record);
    if (bytes > settings.mostBytes || message.id().length() > MOST_ID) {
      throw new QilinException(
          ErrorCode.LIMIT_EXCEEDED,
          "the message " + QilinException.quote(message.id()) + " has " + bytes
              + " bytes and an id of "
              + message.id().length() + " characters; a record of " + settings.topic
              + " has at most "
              + settings.mostBytes + " bytes and an id of " + MOST_ID);
    }
    if (pending.size() >= settings.batch || pendingBytes + bytes > MOST_PENDING_BYTES) {
      flush();
    }
    pending.add(record);
    pendingBytes += bytes;
    ids.add(message.id());
    return true;
  }

  private ProducerRecord<byte[], byte[]> record(StreamMessage<T> message) {
    ProducerRecord<byte[], byte[]> record = new ProducerRecord<>(
        settings.topic,
        message.key().getBytes(StandardCharsets.UTF_8),
        settings.encoder.encode(message.payload()));
    Headers headers = record.headers();
    RecordHeaders.add(headers, KafkaHeaders.ID, message.id());
    RecordHeaders.add(headers, KafkaHeaders.EVENT_TIME, message.eventTime().toString());
    RecordHeaders.add(headers, KafkaHeaders.WRITER, settings.writer);
    SchemaVersion schema = settings.schema;
    if (schema != null) {
      RecordHeaders.add(headers, schema);
    }
    settings
        .encoder
        .headers(message.payload())
        .forEach((name, text) -> RecordHeaders.add(headers, name, text));
    return record;
  }

  /**
   * {@inheritDoc}
   *
   * @throws QilinException TIMEOUT, NETWORK or IO if the broker is away or the deadline is too short; DATA_NOT_FOUND if the
   *     topic was deleted; CONFLICT, AUTHORIZATION, CANCELLED; nothing is lost, and it may be called again
   */
  @Override
  public void flush() {
    requireOpen();
    if (pending.isEmpty()) {
      return;
    }
    boolean whole = false;
    try {
      if (doubtful) {
        mend();
      }
      pending.forEach(writer::send);
      writer.commit();
      whole = true;
      pending.clear();
      pendingBytes = 0;
    } catch (RuntimeException e) {
      QilinException told = KafkaFailures.of("writing to " + settings.topic, ErrorCode.IO, e);
      if (told.code() == ErrorCode.CONFLICT) {
        fenced = told;
      }
      throw told;
    } finally {
      doubtful = !whole;
    }
  }

  /** Opens the writer again after a failure and forgets what has arrived. */
  private void mend() {
    writer.discard();
    writer = settings.writer();
    RecentIds arrived = new WrittenIds(settings).read();
    pending.removeIf(
        record -> arrived.contains(RecordHeaders.text(record.headers(), KafkaHeaders.ID)));
  }

  private void requireOpen() {
    if (closed) {
      throw QilinException.invalid("the sink of " + settings.topic + " is closed");
    }
    QilinException conflict = fenced;
    if (conflict != null) {
      throw new QilinException(
          ErrorCode.CONFLICT,
          "another sink has taken the name " + settings.writer + " over, or the broker was away for"
              + " too long; nothing is written any more: build the pipeline again over its"
              + " checkpoint, if no other one runs",
          conflict);
    }
  }

  /** Flushes, if nobody has taken over, and releases what it holds. A second call does nothing. */
  @Override
  public void close() {
    if (closed) {
      return;
    }
    boolean whole = false;
    try {
      if (fenced == null && !pending.isEmpty()) {
        flush();
      }
      whole = !doubtful;
    } finally {
      closed = true;
      if (whole) {
        writer.close();
      } else {
        writer.discard();
      }
    }
  }
}
