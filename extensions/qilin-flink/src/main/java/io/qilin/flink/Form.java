package io.qilin.flink;

import io.qilin.data.stream.StreamCodec;
import java.util.function.UnaryOperator;

/**
 * How values of a type are written between machines and in savepoints.
 *
 * @param name names the form in savepoints, for ever
 * @param type of the values
 * @param codec writes and reads them
 * @param immutable whether values never change
 * @param copy makes a value that changes of the other do not touch; the same value if it is immutable
 */
record Form<T>(
    String name, Class<T> type, StreamCodec<T> codec, boolean immutable, UnaryOperator<T> copy) {
  /** The version of all forms; a reader refuses others. */
  static final int VERSION = 1;

  static <T> Form<T> immutable(String name, Class<T> type, StreamCodec<T> codec) {
    return new Form<>(name, type, codec, true, UnaryOperator.identity());
  }
}
