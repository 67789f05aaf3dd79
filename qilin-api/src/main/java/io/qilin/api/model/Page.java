package io.qilin.api.model;

import io.qilin.api.error.QilinException;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * One page of what was found.
 *
 * @param items in order
 * @param next asks for the page after this one; empty on the last
 * @param <T> what is found
 */
public record Page<T>(List<T> items, Optional<String> next) {
  /** The most that a page can hold. */
  public static final int MOST = 1_000;

  /** Copies. */
  public Page {
    items = List.copyOf(items);
    Objects.requireNonNull(next, "next");
  }

  /**
   * How many a page is to hold, if it can.
   *
   * @throws QilinException INVALID_ARGUMENT if it is not 1 to {@value #MOST}
   */
  public static int requireSize(int size) {
    if (size < 1 || size > MOST) {
      throw QilinException.invalid("a page holds 1 to " + MOST + ", not " + size);
    }
    return size;
  }
}
