package io.qilin.mlops.store;

import io.qilin.api.error.QilinException;
import io.qilin.mlops.internal.Sql;

/** Another process at the same store. */
final class StoreChild {
  private StoreChild() {}

  /** Arguments: the place of the store, and {@code count} and how often, or {@code fill}. */
  public static void main(String[] arguments) {
    try (Database database = TestStore.at(arguments[0])) {
      database.require(DatabaseTest.COUNTER);
      System.out.println("ack open");
      if (arguments[1].equals("count")) {
        for (int i = 0; i < Integer.parseInt(arguments[2]); i++) {
          DatabaseTest.increment(database);
        }
      } else {
        fill(database);
      }
    }
  }

  /** Writes until it may not, says why, and writes something small. */
  private static void fill(Database database) {
    int rows = 0;
    try {
      while (rows < 10_000) {
        String text = "x".repeat(200_000) + rows;
        database.write(
            connection -> Sql.update(connection, "INSERT INTO counter VALUES (?, 1)", text));
        rows++;
      }
    } catch (QilinException e) {
      System.out.println("refused " + e.code() + " after " + rows);
    }
    long there = database.read(connection -> Sql.first(
            connection, "SELECT COUNT(*) AS count FROM counter", row -> row.getLong("count"))
        .orElseThrow());
    System.out.println("rows " + (there - 1));
  }
}
