package io.qilin.data.stream;

/**
 * Makes a record of what a message carries.
 *
 * @param <P> what a message carries
 * @param <T> the record
 */
@FunctionalInterface
public interface RecordParser<P, T> {
  /**
   * Reads a record. It may return the same object each time, as a pipeline is done with one record before the next; not if
   * the pipeline has a deadline for its handlers, or sinks that keep records.
   *
   * @param payload valid during the call, or until the next call if the record reads from it
   * @throws io.qilin.api.error.QilinException if it is not a record; the message goes to the dead letters
   */
  T parse(P payload);
}
