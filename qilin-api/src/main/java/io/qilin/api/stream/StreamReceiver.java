package io.qilin.api.stream;

/**
 * Takes what a {@link StreamSource} hands over, in the order of its positions.
 *
 * @param <P> what a message carries
 */
public interface StreamReceiver<P> {
  /**
   * Takes a message.
   *
   * @param position where it stands in the source
   * @param payload what it carries; valid during the call only, as a source may use it again for the next message
   */
  void message(long position, P payload);

  /**
   * Is told of a part of the source that cannot be read and was passed over. It counts as one message.
   *
   * @param position where it begins
   * @param bytes how long it is, 0 if not known
   * @param reason what is wrong with it
   */
  void damaged(long position, long bytes, String reason);
}
