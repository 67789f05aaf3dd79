package io.qilin.restsource;

import io.qilin.api.error.QilinException;
import java.util.Objects;
import java.util.Optional;

/**
 * How a long answer comes in pages. A page that is shorter than its size is the last, unless the answer itself says that
 * there is more.
 *
 * @param kind how the next page is asked for
 * @param size rows of a page, as the placeholder {@code ${limit}}
 * @param first number of the first page, as {@code ${page}}
 * @param overlap whether each page by {@link Kind#OFFSET} begins with the last row of the page before. If it does not,
 *     rows moved while they were read, some may be lost, and all is read anew; costs a row a page
 * @param untilEmpty whether only an empty page is the last
 * @param more JSON pointer to a flag that there is more, if answers have one
 * @param cursor JSON pointer to the token of the next page, for {@link Kind#CURSOR}
 */
public record Paging(
    Kind kind,
    int size,
    int first,
    boolean overlap,
    boolean untilEmpty,
    Optional<String> more,
    Optional<String> cursor) {
  /** How the next page is asked for. */
  public enum Kind {
    /** There is one page. */
    NONE,
    /** By the number of rows before it: {@code ${offset}}. */
    OFFSET,
    /** By its number: {@code ${page}}. */
    PAGE,
    /** By the token of the page before: {@code ${cursor}}. */
    CURSOR
  }

  /** One page. */
  public static final Paging NONE =
      new Paging(Kind.NONE, 1, 1, false, false, Optional.empty(), Optional.empty());

  /**
   * Checks the parts.
   *
   * @throws QilinException INVALID_ARGUMENT for a size below 1 (2 with an overlap), an overlap of pages that are not asked
   *     for by OFFSET, or a cursor without its pointer
   */
  public Paging {
    Objects.requireNonNull(kind, "kind");
    Objects.requireNonNull(more, "more");
    Objects.requireNonNull(cursor, "cursor");
    if (size < (overlap ? 2 : 1)) {
      throw QilinException.invalid("a page has at least 1 row, 2 with an overlap, was " + size);
    }
    if (overlap && kind != Kind.OFFSET) {
      throw QilinException.invalid("an overlap belongs to paging by OFFSET, and to no other");
    }
    if ((kind == Kind.CURSOR) != cursor.isPresent()) {
      throw QilinException.invalid(
          "the pointer 'cursor' belongs to paging by CURSOR, and to no other");
    }
  }

  /** Pages by the number of rows before them, with an overlap. */
  public static Paging offset(int size) {
    return new Paging(Kind.OFFSET, size, 1, true, false, Optional.empty(), Optional.empty());
  }

  /** Pages by number. */
  public static Paging page(int size, int first) {
    return new Paging(Kind.PAGE, size, first, false, false, Optional.empty(), Optional.empty());
  }
}
