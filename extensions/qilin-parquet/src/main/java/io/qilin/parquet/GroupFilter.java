package io.qilin.parquet;

import io.qilin.data.table.ColumnType;
import io.qilin.data.table.ShanghaiClock;
import io.qilin.data.table.TableFilter;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.apache.parquet.format.RowGroup;
import org.apache.parquet.format.Statistics;
import org.apache.parquet.format.Type;
import org.jspecify.annotations.Nullable;

/**
 * Tells from the least and the greatest cell that a file keeps for each row group whether it can hold a row that the
 * filters accept. It errs on the side of reading; rows are then chosen one by one.
 */
final class GroupFilter {
  private final List<Leaf> leaves;
  private final List<TableFilter> filters;

  GroupFilter(List<Leaf> leaves, List<TableFilter> filters) {
    this.leaves = leaves;
    this.filters = filters;
  }

  boolean mayAccept(RowGroup group) {
    for (TableFilter filter : filters) {
      for (Leaf leaf : leaves) {
        if (leaf.name().equals(filter.column()) && !mayAccept(group, leaf, filter)) {
          return false;
        }
      }
    }
    return true;
  }

  private static boolean mayAccept(RowGroup group, Leaf leaf, TableFilter filter) {
    Statistics kept = group.getColumns().get(leaf.index()).getMeta_data().getStatistics();
    if (kept == null || leaf.meaning().isEmpty()) {
      return true;
    }
    if (filter instanceof TableFilter.Days days) {
      Optional<Long> least = day(leaf, kept.isSetMin_value() ? kept.getMin_value() : kept.getMin());
      Optional<Long> most = day(leaf, kept.isSetMax_value() ? kept.getMax_value() : kept.getMax());
      return least.isEmpty()
          || most.isEmpty()
          || least.get() > most.get()
          || (least.get() - 1 <= days.to().toEpochDay()
              && most.get() + 1 >= days.from().toEpochDay());
    }
    if (filter instanceof TableFilter.Texts texts) {
      return !kept.isSetMin_value()
          || !kept.isSetMax_value()
          || between(texts, kept.getMin_value(), kept.getMax_value());
    }
    return true;
  }

  /** The day of a least or greatest cell, if it can be told. */
  private static Optional<Long> day(Leaf leaf, byte @Nullable [] cell) {
    Meaning meaning = leaf.meaning().orElseThrow();
    if (cell == null || meaning.unsigned()) {
      return Optional.empty();
    }
    ByteBuffer buffer = ByteBuffer.wrap(cell).order(ByteOrder.LITTLE_ENDIAN);
    if (meaning.type() == ColumnType.DATE && cell.length == Integer.BYTES) {
      return Optional.of((long) buffer.getInt());
    }
    if (meaning.type() == ColumnType.TIMESTAMP
        && leaf.type() == Type.INT64
        && cell.length == Long.BYTES) {
      try {
        return Optional.of(ShanghaiClock.day(meaning.value(buffer.getLong())));
      } catch (OutsideColumn | ArithmeticException outsideOfTime) {
        return Optional.empty();
      }
    }
    return Optional.empty();
  }

  private static boolean between(TableFilter.Texts texts, byte[] least, byte[] most) {
    if (Arrays.compareUnsigned(least, most) > 0) {
      return true;
    }
    for (String text : texts.texts()) {
      byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
      if (Arrays.compareUnsigned(least, bytes) <= 0 && Arrays.compareUnsigned(bytes, most) <= 0) {
        return true;
      }
    }
    return false;
  }
}
