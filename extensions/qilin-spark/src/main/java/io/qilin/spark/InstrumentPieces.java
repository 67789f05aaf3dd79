package io.qilin.spark;

import java.util.Iterator;
import java.util.NoSuchElementException;
import org.jspecify.annotations.Nullable;
import scala.Tuple2;

/** Two iterations in ascending order of their keys as one. For use by one thread. */
final class InstrumentPieces implements Iterator<Tuple2<String, byte[]>> {
  private final Iterator<Tuple2<String, byte[]>> one;
  private final Iterator<Tuple2<String, byte[]>> other;
  private @Nullable Tuple2<String, byte[]> nextOne;
  private @Nullable Tuple2<String, byte[]> nextOther;

  InstrumentPieces(Iterator<Tuple2<String, byte[]>> one, Iterator<Tuple2<String, byte[]>> other) {
    this.one = one;
    this.other = other;
  }

  @Override
  public boolean hasNext() {
    return nextOne != null || nextOther != null || one.hasNext() || other.hasNext();
  }

  @Override
  public Tuple2<String, byte[]> next() {
    if (nextOne == null && one.hasNext()) {
      nextOne = one.next();
    }
    if (nextOther == null && other.hasNext()) {
      nextOther = other.next();
    }
    Tuple2<String, byte[]> left = nextOne;
    Tuple2<String, byte[]> right = nextOther;
    if (left != null && (right == null || left._1().compareTo(right._1()) <= 0)) {
      nextOne = null;
      return left;
    }
    if (right == null) {
      throw new NoSuchElementException();
    }
    nextOther = null;
    return right;
  }
}
