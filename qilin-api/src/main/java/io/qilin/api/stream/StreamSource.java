package io.qilin.api.stream;

import io.qilin.api.error.QilinException;

/**
 * One ordered stream of messages, each at a position: a file, a queue, one partition of a topic. What has several
 * partitions is several sources, as only the order within one is certain.
 *
 * <p>Positions ascend; they need not be consecutive. A position is a byte offset for a file and an offset for a Kafka
 * partition. Whoever reads keeps the position with its results and {@link #seek}s there after a restart; {@link #commit}
 * only tells the source what it may forget. So a result and its position can be stored in one step, and no message is lost
 * or counted twice.
 *
 * <p>Used by one thread at a time.
 *
 * @param <P> what a message carries
 */
public interface StreamSource<P> extends AutoCloseable {
  /** A stable name, unique among the sources of a reader; it stands in checkpoints and dead letters. */
  String id();

  /** The position of the next message to be handed over, or where it will be once there is one. */
  long position();

  /**
   * Goes to a position that {@link #position} has told, in this process or an earlier one.
   *
   * @throws QilinException INVALID_ARGUMENT if there can be no such position; UNSUPPORTED if the source cannot be read
   *     again; DATA_NOT_FOUND if it is forgotten
   */
  void seek(long position);

  /**
   * Hands over what is there, without waiting. If the receiver throws, the source stands at the message that it threw for,
   * and its exception is passed on.
   *
   * @param most how many messages at most, positive
   * @return how many were handed over, damaged ones included; 0 if there is nothing now
   * @throws QilinException IO or DATA_FETCH if the source fails; the position is then where it was
   */
  int poll(int most, StreamReceiver<P> receiver);

  /** Whether all was handed over and nothing more will come. */
  boolean ended();

  /**
   * Says that all before a position is handled and durable. A source that keeps nothing ignores it.
   *
   * @throws QilinException INVALID_ARGUMENT if the position was not reached
   */
  void commit(long position);

  /** How many messages were accepted and then thrown away before they could be handed over, since it was opened. */
  long dropped();

  /** Releases what it holds. A second call does nothing. */
  @Override
  void close();
}
