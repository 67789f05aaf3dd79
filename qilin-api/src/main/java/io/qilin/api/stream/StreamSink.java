package io.qilin.api.stream;

import io.qilin.api.error.QilinException;

/**
 * Takes messages, each effect once: a message whose id it has taken before is ignored. After a restart the reader sends
 * again what it sent since its last checkpoint, with the same ids and the same content.
 *
 * <p>Used by one thread at a time.
 *
 * @param <T> what a message carries
 */
public interface StreamSink<T> extends AutoCloseable {
  /**
   * Takes a message; durable after the next {@link #flush} at the latest.
   *
   * @return whether it was new; false if its id was taken before
   * @throws QilinException if it could not be taken; the same message may then be sent again
   */
  boolean accept(StreamMessage<T> message);

  /**
   * Makes all that was taken durable, as far as the sink is durable at all.
   *
   * @throws QilinException IO if it could not; what was taken since the last successful call may then be lost
   */
  void flush();

  /** Flushes and releases what it holds. A second call does nothing. */
  @Override
  void close();
}
