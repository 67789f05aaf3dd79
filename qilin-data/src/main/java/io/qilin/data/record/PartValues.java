package io.qilin.data.record;

import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/** The values of a record's parts, by their places, as its constructor wants them. */
final class PartValues {
  private final @Nullable Object[] values;

  PartValues(@Nullable Object[] values) {
    this.values = values;
  }

  <T> T get(int part, Class<T> type) {
    return type.cast(Objects.requireNonNull(values[part]));
  }

  long whole(int part) {
    return get(part, Long.class);
  }

  int small(int part) {
    return get(part, Integer.class);
  }

  double real(int part) {
    return get(part, Double.class);
  }

  boolean flag(int part) {
    return get(part, Boolean.class);
  }

  <T> Optional<T> optional(int part, Class<T> type) {
    Optional<?> value = get(part, Optional.class);
    return value.map(type::cast);
  }

  OptionalLong optionalLong(int part) {
    return get(part, OptionalLong.class);
  }

  OptionalDouble optionalDouble(int part) {
    return get(part, OptionalDouble.class);
  }

  <T> List<T> list(int part, Class<T> type) {
    List<?> list = get(part, List.class);
    return list.stream().<T>map(type::cast).toList();
  }
}
