package io.qilin.mlops.tracking;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A statement that is put together with its arguments, so that neither stands without the other. */
final class SqlText {
  private final StringBuilder sql = new StringBuilder();
  private final List<Object> arguments = new ArrayList<>();

  static SqlText of(String part, Object... values) {
    return new SqlText().add(part, values);
  }

  SqlText add(String part, Object... values) {
    sql.append(part);
    arguments.addAll(Arrays.asList(values));
    return this;
  }

  SqlText add(SqlText other) {
    sql.append(other.sql);
    arguments.addAll(other.arguments);
    return this;
  }

  @Nullable
  Object[] arguments() {
    return arguments.toArray();
  }

  @Override
  public String toString() {
    return sql.toString();
  }
}
