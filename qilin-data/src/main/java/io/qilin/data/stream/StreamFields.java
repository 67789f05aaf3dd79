package io.qilin.data.stream;

/**
 * Where a pipeline finds, in a record of type {@code T}, what it aggregates. Methods are called for every record, so they
 * return plain numbers and allocate nothing. Stateless and safe to share.
 *
 * <p>A method may throw for a record that is wrong; the record then goes to the dead letters.
 *
 * @param <T> a record; it may be one object used again for each record
 */
public interface StreamFields<T> {
  /** The number of the instrument that it is about, from {@code keys}. */
  int key(T record, StreamKeys keys);

  /** When it happened, in nanoseconds since 1970. */
  long eventNanos(T record);

  /** When it became public, in nanoseconds since 1970; not before {@link #eventNanos}. */
  long asOfNanos(T record);

  /** The sender's running number for this instrument and day; −1 if it sends none. */
  long sequence(T record);

  /** The price in yuan per share; positive and finite. */
  double price(T record);

  /** The volume in shares; 0 to 1e10. */
  double volume(T record);

  /** The amount in yuan; 0 to 1e13, {@code NaN} if not known. */
  double amount(T record);
}
