package io.qilin.kafka;

import io.qilin.api.error.QilinException;
import io.qilin.api.stream.StreamReceiver;
import io.qilin.api.stream.StreamSource;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.Queue;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;

/**
 * One partition of a topic, opened by a {@link KafkaReader}. Positions are offsets. A record without a payload, one that is too
 * long, and one of a form that is not understood are passed over as damaged.
 *
 * <p>All sources of a reader are used by one thread. {@link #commit} tells the broker, so that another reader of the group
 * begins there; a pipeline calls it after its checkpoint.
 */
public final class KafkaStreamSource implements StreamSource<ByteBuffer> {
  private final KafkaReader reader;
  private final TopicPartition partition;
  private final PayloadSchemas schemas;
  private final int mostBytes;
  private final Queue<ConsumerRecord<byte[], byte[]>> buffer = new ArrayDeque<>();

  /** What was handed over. */
  private long position;

  /** What was fetched: behind the buffer, and behind marks of transactions that are no records. */
  private long fetched;

  private long committed;
  private long end = Long.MAX_VALUE;
  private boolean closed;
  private volatile PartitionLag lag;

  KafkaStreamSource(
      KafkaReader reader, TopicPartition partition, PayloadSchemas schemas, int mostBytes) {
    this.reader = reader;
    this.partition = partition;
    this.schemas = schemas;
    this.mostBytes = mostBytes;
    this.lag = new PartitionLag(partition.toString(), PartitionLag.NOT_KNOWN, 0);
  }

  /** Topic and partition, for example {@code market_data-0}. */
  @Override
  public String id() {
    return partition.toString();
  }

  TopicPartition partition() {
    return partition;
  }

  @Override
  public long position() {
    return position;
  }

  @Override
  public void seek(long target) {
    requireOpen();
    reader.seek(this, target);
    at(target);
  }

  /** Stands at an offset, with nothing fetched. */
  void at(long offset) {
    buffer.clear();
    position = offset;
    fetched = offset;
  }

  void committedAt(long offset) {
    committed = offset;
  }

  /** Is told of what was fetched, in order. */
  void take(ConsumerRecord<byte[], byte[]> record) {
    buffer.add(record);
  }

  void fetchedTo(long offset) {
    fetched = offset;
    skip();
  }

  private void skip() {
    if (buffer.isEmpty() && fetched > position) {
      position = fetched;
    }
  }

  int buffered() {
    return buffer.size();
  }

  /** Ends where the partition ends now. */
  void endAt(long offset) {
    end = offset;
  }

  /**
   * {@inheritDoc}
   *
   * @throws QilinException NETWORK if the broker has not answered for longer than the reader allows; DATA_NOT_FOUND if what
   *     was to be read is forgotten by retention, or a topic of the reader was deleted; AUTHENTICATION, AUTHORIZATION;
   *     CANCELLED; DATA_FETCH
   */
  @Override
  public int poll(int most, StreamReceiver<ByteBuffer> receiver) {
    requireOpen();
    if (most < 1) {
      throw QilinException.invalid("at least one message is asked for, was " + most);
    }
    if (ended()) {
      return 0;
    }
    if (buffer.isEmpty()) {
      reader.fill();
    }
    int taken = 0;
    while (taken < most && !ended()) {
      ConsumerRecord<byte[], byte[]> record = buffer.peek();
      if (record == null) {
        break;
      }
      position = record.offset();
      hand(record, receiver);
      buffer.remove();
      position = record.offset() + 1;
      taken++;
    }
    skip();
    measure();
    return taken;
  }

  private void hand(ConsumerRecord<byte[], byte[]> record, StreamReceiver<ByteBuffer> receiver) {
    byte[] value = record.value();
    if (value == null) {
      receiver.damaged(record.offset(), 0, "the record has no payload");
      return;
    }
    if (value.length > mostBytes) {
      String why = "the payload has " + value.length + " bytes, and " + mostBytes + " at most";
      receiver.damaged(record.offset(), value.length, why);
      return;
    }
    byte[] payload;
    try {
      payload = schemas.read(record.headers(), value);
    } catch (QilinException e) {
      receiver.damaged(record.offset(), value.length, String.valueOf(e.getMessage()));
      return;
    }
    receiver.message(record.offset(), ByteBuffer.wrap(payload).asReadOnlyBuffer());
  }

  /** Whether all was handed over that was there when the reader was opened, if it was told to end; else never. */
  @Override
  public boolean ended() {
    return position >= end;
  }

  /**
   * {@inheritDoc}
   *
   * @throws QilinException CONFLICT if members of the group read by subscription; TIMEOUT, NETWORK, AUTHORIZATION; it may be
   *     called again
   */
  @Override
  public void commit(long target) {
    requireOpen();
    if (target < 0 || target > position) {
      throw QilinException.invalid(
          id() + " was read to " + position + ", so " + target + " is not handled");
    }
    if (target != committed) {
      reader.commit(partition, target);
      committed = target;
      measure();
    }
  }

  /** Always 0: nothing is thrown away. */
  @Override
  public long dropped() {
    return 0;
  }

  private void measure() {
    long behind = reader.behind(partition);
    long unread = behind < 0 ? PartitionLag.NOT_KNOWN : behind + fetched - position;
    lag = new PartitionLag(id(), unread, Math.max(0, position - committed));
  }

  PartitionLag lag() {
    return lag;
  }

  /** Closes the reader when it is the last source of it. */
  @Override
  public void close() {
    if (!closed) {
      reader.closed(this);
      closed = true;
      buffer.clear();
    }
  }

  private void requireOpen() {
    if (closed) {
      throw QilinException.invalid("the source " + id() + " is closed; open another reader");
    }
  }
}
