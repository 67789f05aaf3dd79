package io.qilin.mlops.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.qilin.api.error.ErrorCode;
import io.qilin.api.error.QilinException;
import io.qilin.mlops.internal.Sql;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Transactions and schemas, on SQLite and on PostgreSQL. */
@Timeout(300)
class DatabaseTest {
  static final Schema COUNTER = new Schema(
      "counter",
      List.of(List.of(
          "CREATE TABLE counter (name TEXT PRIMARY KEY, value BIGINT NOT NULL)",
          "INSERT INTO counter VALUES ('a', 0)")));

  @TempDir
  Path folder;

  static long value(Database database) {
    return database.read(connection -> Sql.first(
            connection, "SELECT value FROM counter WHERE name = 'a'", row -> row.getLong("value"))
        .orElseThrow());
  }

  /** Reads, then writes what it read and one: two that do so at once lose one unless they are kept apart. */
  static void increment(Database database) {
    database.write(connection -> {
      long value = Sql.first(
              connection, "SELECT value FROM counter WHERE name = 'a'", row -> row.getLong("value"))
          .orElseThrow();
      return Sql.update(connection, "UPDATE counter SET value = ? WHERE name = 'a'", value + 1);
    });
  }

  @ParameterizedTest
  @EnumSource(StoreKind.class)
  void whenManyWritersRace_thenNoneLosesWhatItWrote(StoreKind kind) throws Exception {
    try (TestStore store = kind.open(folder)) {
      store.database().require(COUNTER);
      List<Database> databases = List.of(store.database(), store.another());
      int threads = 8;
      int rounds = 4;
      CyclicBarrier start = new CyclicBarrier(threads);
      List<Callable<Void>> tasks = new ArrayList<>();
      for (int i = 0; i < threads; i++) {
        Database database = databases.get(i % 2);
        tasks.add(() -> {
          start.await();
          for (int round = 0; round < rounds; round++) {
            increment(database);
          }
          return null;
        });
      }
      all(threads, tasks);
      assertThat(value(store.database())).isEqualTo((long) threads * rounds);
    }
  }

  @ParameterizedTest
  @EnumSource(StoreKind.class)
  void whenManyOpenAnEmptyStoreAtOnce_thenTheTablesAreMadeOnce(StoreKind kind) throws Exception {
    try (TestStore store = kind.open(folder)) {
      List<Database> databases = List.of(store.database(), store.another(), store.another());
      CyclicBarrier start = new CyclicBarrier(databases.size());
      List<Callable<Void>> tasks = new ArrayList<>();
      for (Database database : databases) {
        tasks.add(() -> {
          start.await();
          database.require(COUNTER);
          return null;
        });
      }
      all(databases.size(), tasks);
      assertThat(value(store.database())).isZero();
    }
  }

  private static void all(int threads, List<Callable<Void>> tasks) throws Exception {
    ExecutorService executor = Executors.newFixedThreadPool(threads);
    try {
      for (Future<Void> future : executor.invokeAll(tasks)) {
        future.get();
      }
    } finally {
      executor.shutdownNow();
    }
  }

  @ParameterizedTest
  @EnumSource(StoreKind.class)
  void whenAStepIsAdded_thenOnlyItIsDone(StoreKind kind) {
    try (TestStore store = kind.open(folder)) {
      store.database().require(COUNTER);
      increment(store.database());
      Schema longer = new Schema(
          "counter",
          List.of(COUNTER.steps().get(0), List.of("INSERT INTO counter VALUES ('b', 7)")));

      store.another().require(longer);
      store.another().require(longer);

      assertThat(value(store.database())).isEqualTo(1);
      List<String> names = store
          .database()
          .read(connection -> Sql.list(
              connection, "SELECT name FROM counter ORDER BY name", row -> row.getString("name")));
      assertThat(names).containsExactly("a", "b");
      refuses(ErrorCode.STORE_VERSION, () -> store.another().require(COUNTER));
    }
  }

  @ParameterizedTest
  @EnumSource(StoreKind.class)
  void whenAStepFails_thenNothingOfItIsLeft(StoreKind kind) {
    try (TestStore store = kind.open(folder)) {
      Schema broken =
          new Schema("broken", List.of(List.of("CREATE TABLE half (a TEXT)", "CREATE NONSENSE")));
      refuses(ErrorCode.SYSTEM, () -> store.database().require(broken));
      store
          .database()
          .require(new Schema("broken", List.of(List.of("CREATE TABLE half (a TEXT)"))));
    }
  }

  @ParameterizedTest
  @EnumSource(StoreKind.class)
  void whenTheWorkThrows_thenNothingIsWrittenAndTheNextWorks(StoreKind kind) {
    try (TestStore store = kind.open(folder)) {
      Database database = store.database();
      database.require(COUNTER);
      List<RuntimeException> thrown =
          List.of(QilinException.invalid("mine"), new NullPointerException("mine"));
      for (RuntimeException one : thrown) {
        assertThatThrownBy(() -> database.write(connection -> {
              Sql.update(connection, "UPDATE counter SET value = 5");
              throw one;
            }))
            .isSameAs(one);
      }
      refuses(
          ErrorCode.SYSTEM,
          () -> database.write(connection -> {
            Sql.update(connection, "UPDATE counter SET value = 5");
            throw new SQLException("mine");
          }));
      assertThat(value(database)).isZero();
      increment(database);
      assertThat(value(database)).isEqualTo(1);
    }
  }

  @ParameterizedTest
  @EnumSource(StoreKind.class)
  void whenATransactionIsOpenedInsideAnother_thenItIsRefused(StoreKind kind) {
    try (TestStore store = kind.open(folder)) {
      Database database = store.database();
      database.require(COUNTER);
      refuses(
          ErrorCode.INVALID_ARGUMENT,
          () -> database.write(outer -> {
            Sql.update(outer, "UPDATE counter SET value = 5");
            return database.write(inner -> 1);
          }));
      refuses(ErrorCode.INVALID_ARGUMENT, () -> database.read(outer -> value(database)));
      assertThat(value(database)).isZero();
    }
  }

  @ParameterizedTest
  @EnumSource(StoreKind.class)
  void whenAReadWrites_thenItIsRefused(StoreKind kind) {
    try (TestStore store = kind.open(folder)) {
      store.database().require(COUNTER);
      assertThatThrownBy(() -> store
              .database()
              .read(connection -> Sql.update(connection, "UPDATE counter SET value = 5")))
          .isInstanceOf(QilinException.class);
      assertThat(value(store.database())).isZero();
    }
  }

  @ParameterizedTest
  @EnumSource(StoreKind.class)
  void whenOthersWriteDuringARead_thenItSeesOneMoment(StoreKind kind) {
    try (TestStore store = kind.open(folder)) {
      store.database().require(COUNTER);
      Database other = store.another();
      List<Long> seen = store.database().read(connection -> {
        List<Long> values = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
          values.add(Sql.first(connection, "SELECT value FROM counter", row -> row.getLong("value"))
              .orElseThrow());
          increment(other);
        }
        return values;
      });
      assertThat(seen).containsExactly(0L, 0L, 0L);
      assertThat(value(store.database())).isEqualTo(3);
    }
  }

  @ParameterizedTest
  @EnumSource(StoreKind.class)
  void whenClosed_thenEveryCallIsRefusedAndClosingAgainDoesNothing(StoreKind kind) {
    try (TestStore store = kind.open(folder)) {
      Database database = store.another();
      database.require(COUNTER);
      database.close();
      database.close();
      refuses(ErrorCode.INVALID_ARGUMENT, () -> value(database));
      refuses(ErrorCode.INVALID_ARGUMENT, () -> increment(database));
      assertThat(value(store.database())).isZero();
    }
  }

  @ParameterizedTest
  @EnumSource(StoreKind.class)
  void whenClosedWhileUsed_thenWhatRunsEnds(StoreKind kind) {
    try (TestStore store = kind.open(folder)) {
      Database database = store.another();
      database.require(COUNTER);
      long value = database.read(connection -> {
        database.close();
        return Sql.first(connection, "SELECT value FROM counter", row -> row.getLong("value"))
            .orElseThrow();
      });
      assertThat(value).isZero();
    }
  }

  @ParameterizedTest
  @EnumSource(StoreKind.class)
  void whenNumbersAreNotFinite_thenTheyAreKept(StoreKind kind) {
    try (TestStore store = kind.open(folder)) {
      store
          .database()
          .require(new Schema(
              "numbers", List.of(List.of("CREATE TABLE numbers (value DOUBLE PRECISION)"))));
      double[] values = {
        Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY, 1e308, Double.MIN_VALUE, 0.1
      };
      for (double value : values) {
        double back = store.database().write(connection -> {
          Sql.update(connection, "DELETE FROM numbers");
          Sql.update(connection, "INSERT INTO numbers VALUES (?)", value);
          return Sql.first(connection, "SELECT value FROM numbers", row -> Sql.number(row, "value"))
              .orElseThrow();
        });
        assertThat(Double.valueOf(back)).isEqualTo(Double.valueOf(value));
      }
    }
  }

  @Test
  void whenTheHostsDatabaseHasATableOfThisNameElsewhere_thenItIsNotTakenForOurs() {
    try (TestStore one = StoreKind.POSTGRES.open(folder);
        TestStore other = StoreKind.POSTGRES.open(folder)) {
      one.database().require(COUNTER);
      other.database().require(COUNTER);
      increment(one.database());
      assertThat(value(other.database())).isZero();
    }
  }

  @Test
  void whenTheServerIsNotThere_thenTheStoreIsUnavailable() {
    refuses(
        ErrorCode.STORE_UNAVAILABLE,
        () -> TestStore.at("jdbc:postgresql://127.0.0.1:1/none?user=qilin&connectTimeout=2"));
  }

  static void refuses(ErrorCode code, org.assertj.core.api.ThrowableAssert.ThrowingCallable call) {
    assertThatThrownBy(call)
        .isInstanceOfSatisfying(
            QilinException.class, e -> assertThat(e.code()).as(e.getMessage()).isEqualTo(code));
  }
}
